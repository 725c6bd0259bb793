package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kith.bench.prove.Fault.Kind;
import org.junit.jupiter.api.Test;

/// Ann writes `a1`, `a2` … and Bob reads; each test bends one thing that happened.
class CheckerTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
  private static final Line CREATED = new Line(1, AT, "ann", Optional.empty(), "Created");

  private final List<Post> posts =
      new ArrayList<>(List.of(post("a1", 2), post("a2", 3), post("a3", 4)));
  private List<Line> log = List.of(CREATED, said(2, "a1"), said(3, "a2"), said(4, "a3"));
  private List<Line> otherLog = log;
  private List<Line> bobs = log;
  private List<String> bobsOddities = List.of();

  @Test
  void aRunInWhichEverythingAgreesKeepsEveryPromise() {
    assertThat(faults()).isEmpty();
    assertThat(verdict(2).isKept()).isTrue();
    assertThat(verdict(2).acknowledged()).isEqualTo(3);
  }

  @Test
  void anAcknowledgedMessageThatIsNowhereIsLost() {
    posts.add(post("a4", 5));

    assertThat(kinds()).containsExactly(Kind.LOST);
    assertThat(faults().getFirst().sentence()).contains("a4", "5");
  }

  @Test
  void aMessageThatWasNeverAcknowledgedMayBeMissingOrThere() {
    posts.add(new Post("ann", "a4", "a4", 0, 2, List.of(), List.of(), false));
    assertThat(faults()).isEmpty();

    everybodyHas(said(5, "a4"));
    assertThat(faults()).isEmpty();
    assertThat(verdict(2).unanswered()).isEqualTo(1);
    assertThat(verdict(2).isKept()).isFalse();
  }

  @Test
  void aMessageAtTwoPlacesIsDoubled() {
    everybodyHas(said(5, "a3"));

    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void aLaterMessageBeforeAnEarlierOneIsOutOfOrder() {
    posts.add(post("a4", 6));
    posts.add(post("a5", 5));
    everybodyHas(said(5, "a5"), said(6, "a4"));

    assertThat(kinds()).containsExactly(Kind.DISORDERED);
  }

  @Test
  void aMessageThatWasRefusedOnceMayBeOvertaken() {
    posts.add(
        new Post(
            "ann", "a4", "a4", 0, 2, List.of(new Ack(6, AT, 0)), List.of("unavailable"), false));
    posts.add(post("a5", 5));
    everybodyHas(said(5, "a5"), said(6, "a4"));

    assertThat(faults()).isEmpty();
  }

  @Test
  void aMessageThatWasSentAgainMayBeOvertakenUnlessItWasSentAlone() {
    var acks = List.of(new Ack(6, AT, 0));
    posts.add(new Post("ann", "a4", "a4", 0, 2, acks, List.of(), false));
    posts.add(post("a5", 5));
    everybodyHas(said(5, "a5"), said(6, "a4"));
    assertThat(faults()).isEmpty();

    posts.set(3, new Post("ann", "a4", "a4", 0, 2, acks, List.of(), true));
    assertThat(kinds()).containsExactly(Kind.DISORDERED);
  }

  @Test
  void anAckThatNamesAnotherPlaceIsAContradiction() {
    posts.set(2, post("a3", 3));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void twoAcksThatNameTwoPlacesAreAContradiction() {
    posts.set(
        2,
        new Post(
            "ann",
            "a3",
            "a3",
            0,
            2,
            List.of(new Ack(4, AT, 0), new Ack(7, AT, 9)),
            List.of(),
            false));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void anAckWithAnotherTimeThanTheEntryIsAContradiction() {
    posts.set(
        2,
        new Post(
            "ann", "a3", "a3", 0, 1, List.of(new Ack(4, AT.plusMillis(1), 0)), List.of(), false));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aMessageThatNobodyWroteIsAContradiction() {
    everybodyHas(said(5, "x9"));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aChangedBodyIsAContradiction() {
    posts.set(2, new Post("ann", "a3", "what", 0, 1, List.of(new Ack(4, AT, 0)), List.of(), false));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aHoleAtAReaderIsLost() {
    bobs = List.of(CREATED, said(2, "a1"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.LOST);
    assertThat(faults().getFirst().sentence()).contains("bob", "3");
  }

  @Test
  void whatAReaderIsGivenAgainIsDoubled() {
    bobs = List.of(CREATED, said(2, "a1"), said(2, "a1"), said(3, "a2"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void whatAReaderIsGivenLateIsOutOfOrder() {
    bobs = List.of(CREATED, said(3, "a2"), said(2, "a1"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.DISORDERED);
  }

  @Test
  void whatAReaderHasNotAtTheEndIsBehind() {
    bobs = List.of(CREATED, said(2, "a1"));

    assertThat(kinds()).containsExactly(Kind.BEHIND, Kind.BEHIND);
  }

  @Test
  void aReaderThatWasGivenSomethingElseThanTheLogIsAContradiction() {
    bobs = List.of(CREATED, said(2, "a1"), said(3, "x9"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void whatAReaderWasGivenBeyondTheLogIsLost() {
    bobs = Stream.concat(log.stream(), Stream.of(said(5, "a4"))).toList();

    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void twoReadersThatDisagreeAreAContradictionWithoutAnyLogToo() {
    var bob = reading("bob", List.of(CREATED, said(2, "a1")));
    var eve = reading("eve", List.of(CREATED, said(2, "a2")));

    var faults = Checker.check(new RoomHistory("lobby", List.of(), List.of(bob, eve), List.of()));

    assertThat(faults).extracting(Fault::kind).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aReaderThatIsToldOfAGapIsAContradiction() {
    bobsOddities = List.of("of a gap from 2 to 3");

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void twoNodesWithDifferentLogsAreAContradiction() {
    otherLog = List.of(CREATED, said(2, "a1"), said(3, "x9"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aNodeWhoseLogEndsEarlierIsAContradiction() {
    otherLog = log.subList(0, 3);

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aHoleInALogIsLost() {
    posts.set(1, new Post("ann", "a2", "a2", 0, 1, List.of(), List.of(), false));
    log = otherLog = List.of(CREATED, said(2, "a1"), said(4, "a3"));

    assertThat(kinds()).containsOnly(Kind.LOST).hasSize(2);
  }

  @Test
  void nothingIsProvenWithoutAnAckOrWithoutAllLogs() {
    assertThat(verdict(3).isKept()).isFalse();
    assertThat(verdict(3).doubts()).singleElement().asString().contains("2 of 3 nodes");

    posts.clear();
    log = otherLog = bobs = List.of(CREATED);
    assertThat(verdict(2).isKept()).isFalse();

    assertThat(Verdict.of(List.of(), 2).isKept()).isFalse();
  }

  private void everybodyHas(Line... more) {
    log = otherLog = bobs = Stream.concat(log.stream(), Stream.of(more)).toList();
  }

  private List<Kind> kinds() {
    return faults().stream().map(Fault::kind).toList();
  }

  private List<Fault> faults() {
    return Checker.check(history());
  }

  private Verdict verdict(int nodes) {
    return Verdict.of(List.of(history()), nodes);
  }

  private RoomHistory history() {
    var bob = new Reading("bob", received(bobs), bobsOddities);
    return new RoomHistory(
        "lobby", posts, List.of(bob), List.of(new Log("n1", log), new Log("n2", otherLog)));
  }

  private static Reading reading(String user, List<Line> lines) {
    return new Reading(user, received(lines), List.of());
  }

  private static List<Reading.Received> received(List<Line> lines) {
    return LongStream.range(0, lines.size())
        .mapToObj(i -> new Reading.Received(lines.get((int) i), i))
        .toList();
  }

  private static Post post(String id, long seq) {
    return new Post("ann", id, id, 0, 1, List.of(new Ack(seq, AT, 0)), List.of(), false);
  }

  private static Line said(long seq, String id) {
    return new Line(seq, AT, "ann", Optional.of(id), id);
  }
}
