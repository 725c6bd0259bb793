package kith.node;

/// The stories that start before all others, which follow in alphabetical order. At the end, short
/// ones then keep all processors busy.
public final class StoryOrder {
  /// The longest one, which all others together hardly outlast. It has no lock: JUnit's first
  /// thread waits for the lock of its class, and then for a free place, which it gets when no other
  /// class is left.
  public static final int FIRST = 1;

  /// Stories that mostly wait for intervals, for example of retries.
  public static final int WAITING = 2;

  /// Stories that take more than half a minute because they do much.
  public static final int LONG = 3;

  /// The stories that hold `NodeProcess.LOCK`, one after another.
  public static final int LOCKED = 4;

  private StoryOrder() {}
}
