package kith.node.person;

import java.time.Duration;

/// The longest time that tests wait for something that always happens.
///
/// Only a defect uses it up: a slow machine stays far below. A test that fails waits this long
/// once.
public final class Patience {
  public static final Duration LONGEST = Duration.ofMinutes(3);

  private Patience() {}
}
