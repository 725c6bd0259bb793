package kith.terminal.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import kith.terminal.model.Model;

/// The components that run for one server of the window. Only the loop uses it.
final class Server implements AutoCloseable {
  private static final Duration BETWEEN_SAVES = Duration.ofMinutes(1);

  private final Effects effects;
  private final Arrivals.Sender sender;
  private final Clock clock;
  private Instant cacheDue = Instant.EPOCH;

  Server(Effects effects, Arrivals.Sender sender, Clock clock) {
    this.effects = effects;
    this.sender = sender;
    this.clock = clock;
  }

  Effects effects() {
    return effects;
  }

  /// @param isNeeded something has to be taken out of the file, even if nothing is left to keep
  void saveCache(Model model, boolean isNeeded) {
    cacheDue = clock.instant().plus(BETWEEN_SAVES);
    effects.saveCache(model, isNeeded);
  }

  void saveCacheIfDue(Model model) {
    if (clock.instant().isAfter(cacheDue)) saveCache(model, false);
  }

  @Override
  public void close() {
    sender.close();
    effects.close();
  }
}
