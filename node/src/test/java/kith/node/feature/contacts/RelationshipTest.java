package kith.node.feature.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import kith.node.feature.contacts.ContactEntry.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

/// Two accounts and the messages between them, which arrive late, twice or never.
class RelationshipTest {

  private static final class Side {
    Relationship bond = Relationship.NONE;
    int at;

    void wants() {
      bond.wanting().ifPresent(it -> bond = bond.taking(it, now()));
    }

    void ends() {
      bond.ending().ifPresent(it -> bond = bond.taking(it, now()));
    }

    void hears(Word word) {
      bond = bond.hearing(word.stance(), now());
      word.told().ifPresent(version -> bond = bond.told(version));
    }

    private Instant now() {
      return Instant.ofEpochSecond(at++);
    }
  }

  /// @param told the version that the sender has received, if this is an answer
  private record Word(Side to, ContactIntent stance, OptionalLong told) {}

  private final Side ann = new Side();
  private final Side bob = new Side();
  private final List<Word> underWay = new ArrayList<>();

  @BeforeTry
  void nothingIsBetweenThem() {
    ann.bond = Relationship.NONE;
    bob.bond = Relationship.NONE;
    underWay.clear();
  }

  /// An account sends its intent again until it is confirmed, also after a crash.
  private void say(Side from) {
    if (from.bond.isToTell())
      underWay.add(new Word(other(from), from.bond.mine(), OptionalLong.empty()));
  }

  private Side other(Side one) {
    return one == ann ? bob : ann;
  }

  private void deliver(int which) {
    if (underWay.isEmpty()) return;
    var word = underWay.remove(which % underWay.size());
    word.to().hears(word);
    if (word.told().isEmpty())
      underWay.add(
          new Word(
              other(word.to()), word.to().bond.mine(), OptionalLong.of(word.stance().version())));
  }

  private void step(int step) {
    var which = step / 8;
    switch (step % 8) {
      case 0 -> ann.wants();
      case 1 -> ann.ends();
      case 2 -> bob.wants();
      case 3 -> bob.ends();
      case 4 -> say(which % 2 == 0 ? ann : bob);
      case 5 -> {
        if (!underWay.isEmpty()) underWay.remove(which % underWay.size());
      }
      case 6 -> {
        if (!underWay.isEmpty()) underWay.add(underWay.get(which % underWay.size()));
      }
      default -> deliver(which);
    }
  }

  private void settle() {
    while (ann.bond.isToTell() || bob.bond.isToTell() || !underWay.isEmpty()) {
      say(ann);
      say(bob);
      deliver(0);
    }
  }

  private void assertSame() {
    var theirs =
        switch (bob.bond.kind()) {
          case NONE -> Kind.NONE;
          case CONTACT -> Kind.CONTACT;
          case INCOMING -> Kind.OUTGOING;
          case OUTGOING -> Kind.INCOMING;
        };
    assertThat(ann.bond.kind()).isEqualTo(theirs);
    assertThat(ann.bond.theirs()).isEqualTo(bob.bond.mine());
    assertThat(bob.bond.theirs()).isEqualTo(ann.bond.mine());
  }

  @Property
  void bothAccountsFinallySeeTheSameRelationship(
      @ForAll @Size(max = 60) List<@IntRange(max = 800) Integer> steps) {
    steps.forEach(this::step);

    settle();

    assertSame();
  }

  @Property
  void accountsThatWantEachOtherFinallyAreContacts(
      @ForAll @Size(max = 40) List<@IntRange(max = 800) Integer> steps) {
    steps.forEach(this::step);
    settle();

    ann.wants();
    bob.wants();
    settle();

    assertSame();
    assertThat(ann.bond.kind()).isEqualTo(Kind.CONTACT);
  }

  @Property
  void oneAccountEndsTheRelationshipForBoth(
      @ForAll @Size(max = 40) List<@IntRange(max = 800) Integer> steps) {
    steps.forEach(this::step);
    settle();

    ann.ends();
    settle();

    assertSame();
    assertThat(ann.bond.kind()).isEqualTo(Kind.NONE);
  }

  @Test
  void aDeclinedRequestDoesNotAcceptALaterOne() {
    ann.wants();
    settle();
    bob.ends();
    settle();

    bob.wants();
    settle();

    assertThat(bob.bond.kind()).isEqualTo(Kind.OUTGOING);
    assertThat(ann.bond.kind()).isEqualTo(Kind.INCOMING);
  }

  @Test
  void anAcceptanceThatCrossesTheCancellationHasNoEffect() {
    ann.wants();
    settle();
    bob.wants();
    ann.ends();

    settle();

    assertSame();
    assertThat(ann.bond.kind()).isEqualTo(Kind.NONE);
  }
}
