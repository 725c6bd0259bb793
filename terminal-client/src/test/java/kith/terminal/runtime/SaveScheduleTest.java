package kith.terminal.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Typed text is saved also in a room where messages arrive without a pause.
class SaveScheduleTest {
  private static final long SECOND = SaveSchedule.SECOND;
  private static final long PAUSE = SaveSchedule.PAUSE;

  private final SaveSchedule schedule = new SaveSchedule(0);

  @Test
  void theLoopTicksOnceASecondForAnyNumberOfCalls() {
    int ticks = 0;
    for (long now = 0; now <= 10 * SECOND; now += SECOND / 20) if (schedule.ticks(now)) ticks++;

    assertThat(ticks).isEqualTo(10);
  }

  @Test
  void textsAreSavedOnceAfterTheLastKey() {
    assertThat(schedule.pauses(PAUSE)).isFalse();
    schedule.pressed(0);
    schedule.pressed(PAUSE - 1);

    assertThat(schedule.pauses(PAUSE)).isFalse();
    assertThat(schedule.pauses(2 * PAUSE)).isTrue();
    assertThat(schedule.pauses(3 * PAUSE)).isFalse();
  }

  @Test
  void theLoopSleepsUntilSomethingIsDue() {
    assertThat(schedule.remaining(SECOND / 2)).isEqualTo(SECOND / 2);
    assertThat(schedule.remaining(2 * SECOND)).isZero();

    schedule.pressed(SECOND / 10);
    assertThat(schedule.remaining(SECOND / 10)).isEqualTo(PAUSE);
    assertThat(schedule.remaining(SECOND)).isZero();
    schedule.pauses(SECOND / 2);
    assertThat(schedule.remaining(SECOND / 2)).isEqualTo(SECOND / 2);
  }
}
