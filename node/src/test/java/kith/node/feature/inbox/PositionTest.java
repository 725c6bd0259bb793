package kith.node.feature.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import kith.node.core.room.Counts;
import kith.node.core.room.Place;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/// A position only moves forward, for any order and number of updates.
class PositionTest {
  private static final Position NONE = Position.none("r1");

  @Property
  void theHighestPositionStaysForAnyOrderOfReads(
      @ForAll @Size(min = 1, max = 50) List<@LongRange(min = 1, max = 1_000) Long> read,
      @ForAll Random chance) {
    var again = new ArrayList<>(read);
    again.addAll(read);
    Collections.shuffle(again, chance);

    assertThat(all(again)).isEqualTo(all(List.of(Collections.max(read))));
  }

  @Property
  void noReadMovesAPositionBack(
      @ForAll @Size(max = 50) List<@LongRange(min = 1, max = 1_000) Long> read) {
    var position = NONE;
    for (var seq : read) {
      var next = position.read(place(seq));
      assertThat(next.read()).isGreaterThanOrEqualTo(position.read());
      assertThat(next.counts().messages()).isGreaterThanOrEqualTo(position.counts().messages());
      position = next;
    }
  }

  /// An account writes its position at times, crashes at times, and recovers the written position.
  /// Then a session repeats its reads.
  @Property
  void aCrashLosesOnlyWhatTheSessionRepeats(
      @ForAll @Size(max = 80) List<@LongRange(min = -2, max = 500) Long> story) {
    var account = NONE;
    var database = NONE;
    var session = NONE;
    for (var step : story) {
      var before = database;
      if (step == -2) account = database;
      else if (step == -1) database = database.merge(account);
      else {
        account = account.read(place(step));
        session = session.merge(account);
      }
      assertThat(database.read()).isGreaterThanOrEqualTo(before.read());
      assertThat(session.read()).isGreaterThanOrEqualTo(account.read());
    }

    account = account.read(new Place(session.read(), session.counts()));

    assertThat(account).isEqualTo(session);
  }

  @Property(edgeCases = EdgeCasesMode.NONE)
  void mergeIsCommutativeAssociativeAndIdempotent(
      @ForAll("positions") Position a,
      @ForAll("positions") Position b,
      @ForAll("positions") Position c) {
    assertThat(a.merge(a)).isEqualTo(a);
    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
  }

  @Provide
  static Arbitrary<Position> positions() {
    var some = Arbitraries.longs().between(0, 3);
    return Combinators.combine(some, some, some, Arbitraries.of(true, false), some, some, some)
        .as((read, counts, unreadFrom, muted, marked, delivered, shared) ->
            new Position(
                "r1",
                read,
                new Counts(counts),
                unreadFrom == 0 ? OptionalLong.empty() : OptionalLong.of(unreadFrom),
                muted,
                marked,
                new Progress(delivered, shared)));
  }

  @Property
  void markingUnreadKeepsThePositionAndReadingClearsTheMark(
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
