package kith.node;

/// The start of long stories before all others, which begin in alphabetical order: at the end,
/// short ones then keep both processors busy.
public final class StoryOrder {
  /// A node in a process of its own, which leaves a class data archive for those of other stories.
  public static final int FIRST = 1;

  /// The longest of the stories that hold `NodeProcess.LOCK`.
  public static final int SECOND = 2;

  /// A story that takes at least half a minute.
  public static final int LONG = 3;

  private StoryOrder() {}
}
