package kith.node.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import kith.node.platform.database.DatabaseFailure;
import kith.node.platform.journal.MemoryJournal.Fate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupWriterTest {
  private final MemoryJournal journal = new MemoryJournal();
  private final WriteQueue queue = new WriteQueue(1000, 1L << 30, Duration.ZERO);
  private final GroupWriter writer = new GroupWriter(queue, journal);

  @Test
  void aConflictFailsOnlyItsOwnWriter() {
    journal.intrude("c", "from another node");
    var writes = new HashMap<String, JournalWrite>();
    for (var log : List.of("a", "b", "d", "e")) writes.put(log, offer(Rows.write(log, 1, 3)));
    var conflict = offer(Rows.write("c", 1, 3));

    writeGroup();

    assertThat(fault(conflict)).isInstanceOf(DatabaseFailure.class);
    assertThat(writes.values()).allMatch(Rows::isWritten);
    assertThat(texts("b")).containsExactly("1", "2", "3");
    assertThat(texts("c")).containsExactly("from another node");
  }

  @Test
  void aRefusedRowFailsTheOtherRowsOfItsWriteAndNoOtherWrite() {
    var good = offer(Rows.write("a", 1, 2));
    var bad =
        offer(
            new JournalWrite(
                "b", List.of(Rows.row("b", 1, "fine"), Rows.row("b", 2, MemoryJournal.TOO_LARGE))));

    writeGroup();

    assertThat(Rows.isWritten(good)).isTrue();
    assertThat(fault(bad)).isInstanceOf(DatabaseFailure.class);
    assertThat(texts("b")).isEmpty();
  }

  @Test
  void laterWritesOfTheSameLogAlsoFail() {
    offer(new JournalWrite("a", List.of(Rows.row("a", 1, MemoryJournal.TOO_LARGE))));
    var next = offer(Rows.write("a", 2, 1));
    var other = offer(Rows.write("b", 1, 1));
    var last = offer(Rows.write("a", 3, 1));

    writeGroup();

    assertThat(fault(next)).isInstanceOf(NotWritten.class);
    assertThat(fault(last)).isInstanceOf(NotWritten.class);
    assertThat(Rows.isWritten(other)).isTrue();
    assertThat(texts("a")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXECUTED")
  void aLostConnectionFailsTheGroupAndTheNextGroupGetsAnother(Fate fate) {
    journal.next(fate);
    var lost = List.of(offer(Rows.write("a", 1, 1)), offer(Rows.write("b", 1, 1)));
    writeGroup();
    var next = offer(Rows.write("c", 1, 1));
    writeGroup();

    assertThat(lost).allMatch(write -> write.isDone() && !Rows.isWritten(write));
    assertThat(Rows.isWritten(next)).isTrue();
  }

  @Test
  void aConnectionLostWhileAGroupIsDividedFailsOnlyWritesThatAreNotCommitted() {
    journal.intrude("d", "from another node");
    var writes = new ArrayList<JournalWrite>();
    for (var log : List.of("a", "b", "c", "d")) writes.add(offer(Rows.write(log, 1, 1)));
    // all four, a and b, then the rest
    journal.next(Fate.EXECUTED);
    journal.next(Fate.EXECUTED);
    journal.next(Fate.LOST_BEFORE);

    writeGroup();

    assertThat(writes.stream().map(Rows::isWritten)).containsExactly(true, true, false, false);
    assertThat(writes).allMatch(JournalWrite::isDone);
  }

  private JournalWrite offer(JournalWrite write) {
    assertThat(queue.offer(write)).isTrue();
    return write;
  }

  private void writeGroup() {
    writer.write(queue.poll().orElseThrow());
  }

  private List<String> texts(String log) {
    return journal.log(log).stream().map(Rows::text).toList();
  }

  private static Throwable fault(JournalWrite write) {
    return write.done().toCompletableFuture().exceptionNow();
  }
}
