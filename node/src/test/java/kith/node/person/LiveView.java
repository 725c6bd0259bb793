package kith.node.person;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import kith.protocol.frame.ServerFrame;

/// Something that a client shows and keeps current: a snapshot and the changes after it.
///
/// The client's state must become equal to a new snapshot, and both must match the contract. Each
/// feature with a live view has one of these, and a story that changes it.
///
/// @param <S> the client's state, comparable with `equals`
public abstract class LiveView<S> {
  private static final Duration LOOK = Duration.ofMillis(50);

  /// Before the first frame.
  abstract S empty();

  /// The state after one more frame, handled as the contract requires.
  abstract S with(S state, ServerFrame frame);

  /// Asks again: over REST, or with another socket that is opened now.
  abstract Asking<S> asks(Person who);

  /// A new snapshot for a client.
  interface Asking<S> extends AutoCloseable {
    S get();

    @Override
    default void close() {}
  }

  /// The state of a client after these frames.
  public final S after(List<ServerFrame> frames) {
    var state = empty();
    for (var frame : frames) state = with(state, frame);
    return state;
  }

  /// Waits until this person's state matches the contract and equals a new snapshot.
  public final S agrees(Person who, String contract, Predicate<S> isAsInContract) {
    return agrees(who, contract, isAsInContract, Patience.LONGEST);
  }

  final S agrees(Person who, String contract, Predicate<S> isAsInContract, Duration longest) {
    var deadline = System.nanoTime() + longest.toNanos();
    var shown = after(who.heard());
    while (!isAsInContract.test(shown) && System.nanoTime() < deadline) {
      who.awaitsFrame(LOOK);
      shown = after(who.heard());
    }
    try (var asks = asks(who)) {
      var asked = asks.get();
      while (!isAgreed(shown, asked, isAsInContract)) {
        if (System.nanoTime() >= deadline)
          throw new AssertionError(
              "%s should have %s%n  shown %s%n  asked %s%n%s"
                  .formatted(who.name(), contract, shown, asked, who.transcript()));
        who.awaitsFrame(LOOK);
        shown = after(who.heard());
        asked = asks.get();
      }
      return shown;
    }
  }

  static <S> boolean isAgreed(S shown, S asked, Predicate<S> isAsInContract) {
    return isAsInContract.test(shown) && shown.equals(asked);
  }
}
