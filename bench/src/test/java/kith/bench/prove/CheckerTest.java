package kith.bench.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kith.bench.prove.Violation.Kind;
import org.junit.jupiter.api.Test;

/// Ann writes `a1`, `a2` … and Bob reads; each test changes one detail of this run.
class CheckerTest {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
  private static final LogEntry CREATED = new LogEntry(1, AT, "ann", Optional.empty(), "Created");

  private final List<Post> posts =
      new ArrayList<>(List.of(post("a1", 2), post("a2", 3), post("a3", 4)));
  private List<LogEntry> log = List.of(CREATED, said(2, "a1"), said(3, "a2"), said(4, "a3"));
  private List<LogEntry> otherLog = log;
  private List<LogEntry> bobs = log;
  private List<String> bobsAnomalies = List.of();

  @Test
  void aConsistentRunHasNoViolation() {
    assertThat(violations()).isEmpty();
    assertThat(verdict(2).isKept()).isTrue();
    assertThat(verdict(2).acknowledged()).isEqualTo(3);
  }

  @Test
  void anAcknowledgedMessageMissingFromTheLogIsLost() {
    posts.add(post("a4", 5));

    assertThat(kinds()).containsExactly(Kind.LOST);
    assertThat(violations().getFirst().sentence()).contains("a4", "5");
  }

  @Test
  void anUnacknowledgedMessageMayBeInTheLogOrNot() {
    posts.add(new Post("ann", "a4", "a4", 0, 2, List.of(), List.of(), false));
    assertThat(violations()).isEmpty();

    allHave(said(5, "a4"));
    assertThat(violations()).isEmpty();
    assertThat(verdict(2).unanswered()).isEqualTo(1);
    assertThat(verdict(2).isKept()).isFalse();
  }

  @Test
  void aMessageWithTwoSeqsIsDoubled() {
    allHave(said(5, "a3"));

    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void aLaterMessageBeforeAnEarlierOneIsOutOfOrder() {
    posts.add(post("a4", 6));
    posts.add(post("a5", 5));
    allHave(said(5, "a5"), said(6, "a4"));

    assertThat(kinds()).containsExactly(Kind.DISORDERED);
  }

  @Test
  void aRefusedMessageMayBeOvertaken() {
    posts.add(
        new Post(
            "ann", "a4", "a4", 0, 2, List.of(new Ack(6, AT, 0)), List.of("unavailable"), false));
    posts.add(post("a5", 5));
    allHave(said(5, "a5"), said(6, "a4"));

    assertThat(violations()).isEmpty();
  }

  @Test
  void aRetriedMessageMayBeOvertakenUnlessItWasSentAlone() {
    var acks = List.of(new Ack(6, AT, 0));
    posts.add(new Post("ann", "a4", "a4", 0, 2, acks, List.of(), false));
    posts.add(post("a5", 5));
    allHave(said(5, "a5"), said(6, "a4"));
    assertThat(violations()).isEmpty();

    posts.set(3, new Post("ann", "a4", "a4", 0, 2, acks, List.of(), true));
    assertThat(kinds()).containsExactly(Kind.DISORDERED);
  }

  @Test
  void anAckWithAnotherSeqIsAContradiction() {
    posts.set(2, post("a3", 3));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void twoAcksWithDifferentSeqsAreAContradiction() {
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
  void aMessageWithoutAWriterIsAContradiction() {
    allHave(said(5, "x9"));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aChangedBodyIsAContradiction() {
    posts.set(2, new Post("ann", "a3", "what", 0, 1, List.of(new Ack(4, AT, 0)), List.of(), false));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void anEntryMissingAtAReaderIsLost() {
    bobs = List.of(CREATED, said(2, "a1"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.LOST);
    assertThat(violations().getFirst().sentence()).contains("bob", "3");
  }

  @Test
  void anEntryDeliveredTwiceIsDoubled() {
    bobs = List.of(CREATED, said(2, "a1"), said(2, "a1"), said(3, "a2"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.DOUBLED);
  }

  @Test
  void anEntryDeliveredLateIsOutOfOrder() {
    bobs = List.of(CREATED, said(3, "a2"), said(2, "a1"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.DISORDERED);
  }

  @Test
  void entriesNotDeliveredAtTheEndAreBehind() {
    bobs = List.of(CREATED, said(2, "a1"));

    assertThat(kinds()).containsExactly(Kind.BEHIND, Kind.BEHIND);
  }

  @Test
  void aDeliveryThatDiffersFromTheLogIsAContradiction() {
    bobs = List.of(CREATED, said(2, "a1"), said(3, "x9"), said(4, "a3"));

    assertThat(kinds()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void anEntryDeliveredBeyondTheEndOfTheLogIsLost() {
    bobs = Stream.concat(log.stream(), Stream.of(said(5, "a4"))).toList();

    assertThat(kinds()).containsExactly(Kind.LOST);
  }

  @Test
  void twoReadersThatDisagreeAreAContradictionEvenWithoutALog() {
    var bob = deliveryLog("bob", List.of(CREATED, said(2, "a1")));
    var eve = deliveryLog("eve", List.of(CREATED, said(2, "a2")));

    var violations =
        Checker.check(new RoomHistory("lobby", List.of(), List.of(bob, eve), List.of()));

    assertThat(violations).extracting(Violation::kind).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void aGapReportedToAReaderIsAContradiction() {
    bobsAnomalies = List.of("a gap from 2 to 3");

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
  void anEntryMissingInALogIsLost() {
    posts.set(1, new Post("ann", "a2", "a2", 0, 1, List.of(), List.of(), false));
    log = otherLog = List.of(CREATED, said(2, "a1"), said(4, "a3"));

    assertThat(kinds()).containsOnly(Kind.LOST).hasSize(2);
  }

  @Test
  void nothingIsProvenWithoutAnAckOrWithoutAllLogs() {
    assertThat(verdict(3).isKept()).isFalse();
    assertThat(verdict(3).notCompared()).isEmpty();
    assertThat(verdict(3).doubts()).singleElement().asString().contains("without the log of n3");

    posts.clear();
    log = otherLog = bobs = List.of(CREATED);
    assertThat(verdict(2).isKept()).isFalse();

    assertThat(Verdict.of(List.of(), List.of("n1", "n2")).isKept()).isFalse();
  }

  @Test
  void aRoomWhoseLogNoNodeReturnedIsNamedAsNotCompared() {
    var read = history();
    var unread = new RoomHistory("attic", read.posts(), read.deliveryLogs(), List.of());

    var verdict = Verdict.of(List.of(read, unread), List.of("n1", "n2"));

    assertThat(verdict.notCompared()).containsExactly("attic");
    assertThat(verdict.violations()).isEmpty();
    assertThat(verdict.isKept()).isFalse();
  }

  @Test
  void aLostMessageBelongsToTheTimeOfItsAcknowledgement() {
    posts.add(new Post("ann", "a4", "a4", 0, 1, List.of(new Ack(5, AT, 1_234)), List.of(), false));

    assertThat(violations().getFirst().at()).hasValue(1_234);
  }

  private void allHave(LogEntry... more) {
    log = otherLog = bobs = Stream.concat(log.stream(), Stream.of(more)).toList();
  }

  private List<Kind> kinds() {
    return violations().stream().map(Violation::kind).toList();
  }

  private List<Violation> violations() {
    return Checker.check(history());
  }

  private Verdict verdict(int nodes) {
    return Verdict.of(List.of(history()), List.of("n1", "n2", "n3").subList(0, nodes));
  }

  private RoomHistory history() {
    var bob = new DeliveryLog("bob", received(bobs), bobsAnomalies);
    return new RoomHistory(
        "lobby", posts, List.of(bob), List.of(new NodeLog("n1", log), new NodeLog("n2", otherLog)));
  }

  private static DeliveryLog deliveryLog(String user, List<LogEntry> entries) {
    return new DeliveryLog(user, received(entries), List.of());
  }

  private static List<DeliveryLog.Delivery> received(List<LogEntry> entries) {
    return LongStream.range(0, entries.size())
        .mapToObj(i -> new DeliveryLog.Delivery(entries.get((int) i), i))
        .toList();
  }

  private static Post post(String id, long seq) {
    return new Post("ann", id, id, 0, 1, List.of(new Ack(seq, AT, 0)), List.of(), false);
  }

  private static LogEntry said(long seq, String id) {
    return new LogEntry(seq, AT, "ann", Optional.of(id), id);
  }
}
