package kith.terminal.window;

import java.util.List;
import java.util.Optional;
import kith.terminal.update.Request;

/// A side effect that an update of the window requests, in order.
public sealed interface WindowRequest {

  /// A request of one server, executed as if it were alone.
  record OfSeat(int seat, Request request) implements WindowRequest {}

  /// Opens a seat with a stored login that is not open, or else with the form to log in.
  ///
  /// @param address empty if the user types it
  record Open(String address, Optional<String> user) implements WindowRequest {}

  /// Saves the state of the seat, and ends the connection.
  record Close(Window.Seat seat) implements WindowRequest {}

  /// Opens these profiles at the next start too.
  record Keep(List<String> profiles) implements WindowRequest {
    public Keep {
      profiles = List.copyOf(profiles);
    }
  }

  /// Does not open this profile at the next start.
  record Forget(String profile) implements WindowRequest {}
}
