package kith.node.feature.mentions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import kith.node.platform.config.Portions;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MentionMarksTest {
  private final MentionMarks marks = new MentionMarks("ann");

  @Test
  void onlyMentionsOfTheMemberByOthersCount() {
    assertThat(marks.add(new Mention(1, "bob", List.of("cem")))).isFalse();
    assertThat(marks.add(new Mention(2, "ann", List.of("@room")))).isFalse();
    assertThat(marks.add(new Mention(3, "bob", List.of("cem", "ann")))).isTrue();
    assertThat(marks.add(new Mention(4, "bob", List.of("@room")))).isTrue();
    assertThat(marks.count()).isEqualTo(2);

    assertThat(marks.ignore(Set.of("bob"))).isTrue();

    assertThat(marks.count()).isZero();
  }

  @Test
  void mentionsByIgnoredUsersDoNotUseUpTheLimit() {
    marks.ignore(Set.of("eve"));
    marks.add(ofAnn(1));

    for (var seq = 2; seq <= 200; seq++)
      assertThat(marks.add(new Mention(seq, "eve", List.of("ann")))).isFalse();

    assertThat(marks.count()).isEqualTo(1);
  }

  @Test
  void onlyTheNewestHundredMentionsAreKept() {
    LongStream.rangeClosed(1, 150).forEach(seq -> marks.add(ofAnn(seq)));
    assertThat(marks.count()).isEqualTo(Portions.COUNTED_MENTIONS);

    marks.readUpTo(140);

    assertThat(marks.count()).isEqualTo(10);
  }

  /// A step above 0 is a mention at that seq; a step below 0 reads up to its absolute value.
  @Property
  void eachMentionCountsOnceInAnyOrder(
      @ForAll @Size(max = 60) List<@LongRange(min = -30, max = 30) Long> steps,
      @ForAll Random chance) {
    var again = new ArrayList<>(steps);
    again.addAll(steps);
    Collections.shuffle(again, chance);
    var heard = new MentionMarks("ann");
    for (var step : again) {
      if (step > 0) heard.add(ofAnn(step));
      else heard.readUpTo(-step);
    }

    var expected = new TreeSet<>(steps);
    var read = expected.isEmpty() ? 0 : Math.max(0, -expected.first());
    expected.removeIf(step -> step <= Math.max(0, read));
    assertThat(heard.count()).isEqualTo(expected.size());
  }

  private static Mention ofAnn(long seq) {
    return new Mention(seq, "bob", List.of("ann"));
  }
}
