package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/// Whatever arrives, in whatever order, how often, and whatever is lost in between: a position only
/// moves forward.
class PositionTest {
  private static final Position NONE = Position.none("r1");

  @Property
  void theHighestStaysInWhateverOrderAndHoweverOftenItWasRead(
      @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 1, max = 1_000) Long> read,
      @ForAll Random chance) {
    var again = new ArrayList<>(read);
    again.addAll(read);
    Collections.shuffle(again, chance);

    assertThat(all(again)).isEqualTo(all(List.of(Collections.max(read))));
  }

  @Property
  void itNeverMovesBackOnTheWay(
      @ForAll @Size(max = 50) List<@LongRange(min = 1, max = 1_000) Long> read) {
    var position = NONE;
    for (var seq : read) {
      var next = position.read(place(seq));
      assertThat(next.read()).isGreaterThanOrEqualTo(position.read());
      assertThat(next.counts().messages()).isGreaterThanOrEqualTo(position.counts().messages());
      position = next;
    }
  }

  /// An account reads, its position is written now and then, and it dies now and then and begins
  /// again with what was written; a session says again what it knows.
  @Property
  void aCrashLosesOnlyWhatIsSaidAgain(
      @ForAll @Size(max = 80) List<@LongRange(min = -2, max = 500) Long> story) {
    var account = NONE;
    var database = NONE;
    var session = NONE;
    for (var step : story) {
      var before = database;
      if (step == -2) account = database;
      else if (step == -1) database = database.and(account);
      else {
        account = account.read(place(step));
        session = session.and(account);
      }
      assertThat(database.read()).isGreaterThanOrEqualTo(before.read());
      assertThat(session.read()).isGreaterThanOrEqualTo(account.read());
    }

    account = account.read(new Place(session.read(), session.counts()));

    assertThat(account).isEqualTo(session);
  }

  @Property
  void twoThatMeetAgreeHoweverTheyMeet(
      @ForAll @Size(max = 20) List<@LongRange(min = 1, max = 100) Long> one,
      @ForAll @Size(max = 20) List<@LongRange(min = 1, max = 100) Long> other) {
    assertThat(all(one).and(all(other))).isEqualTo(all(other).and(all(one)));
  }

  @Property
  void markingUnreadTakesNothingBackAndReadingClearsIt(
      @ForAll @LongRange(min = 1, max = 100) long read,
      @ForAll @LongRange(min = 1, max = 100) long from) {
    var marked = all(List.of(read)).unread(from);

    assertThat(marked.read()).isEqualTo(read);
    assertThat(marked.unreadFrom()).hasValue(from);
    assertThat(marked.read(place(1)).unreadFrom()).isEmpty();
  }

  private static Position all(List<Long> read) {
    var position = NONE;
    for (var seq : read) position = position.read(place(seq));
    return position;
  }

  /// In this room every second entry is a message.
  private static Place place(long seq) {
    return new Place(seq, new Counts(seq / 2));
  }
}
