package kith.node.platform.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.journal.MemoryJournal.Fate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/// Rooms that write, fail, read their logs again and repeat their messages, on a journal whose
/// connections fail at every step.
class FailingJournalTest {
  private static final int ROOMS = 6;
  private static final Set<Fate> FATES = EnumSet.complementOf(EnumSet.of(Fate.DEFECT));

  /// One step of the story of some rooms.
  sealed interface Step {
    /// A member posts messages, which the room decides together.
    record Post(int room, int messages, boolean isTooLarge) implements Step {}

    /// A group begins, and the next statement meets a fate.
    record Write(Fate fate) implements Step {}

    /// A node that does not know yet that the room has moved writes to its log.
    record Intrude(int room) implements Step {}

    /// The server executes a statement of a lost connection.
    record CommitLate() implements Step {}

    /// The member stops repeating unacknowledged posts.
    record GiveUp(int room) implements Step {}
  }

  @Property(tries = 3000)
  void acknowledgedMessagesAreInTheLogOnceAndInOrderAfterAnyFailure(
      @ForAll("stories") @Size(max = 120) List<Step> story) {
    var node = new NodeModel();
    story.forEach(node::play);
    node.end(2 * story.size() + 2);
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    var room = Arbitraries.integers().between(0, ROOMS - 1);
    var post =
        Combinators.combine(
                room,
                Arbitraries.integers().between(1, 3),
                Arbitraries.integers().between(0, 15).map(it -> it == 0))
            .as(Step.Post::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, step(post)),
            Tuple.of(4, step(Arbitraries.just(new Step.Write(Fate.EXECUTED)))),
            Tuple.of(4, step(Arbitraries.of(FATES).map(Step.Write::new))),
            Tuple.of(1, step(room.map(Step.Intrude::new))),
            Tuple.of(1, step(room.map(Step.GiveUp::new))),
            Tuple.of(2, step(Arbitraries.just(new Step.CommitLate()))))
        .list();
  }

  private static Arbitrary<Step> step(Arbitrary<? extends Step> some) {
    return some.map(it -> it);
  }

  private static final class NodeModel {
    private final MemoryJournal journal = new MemoryJournal();
    private final WriteQueue queue = new WriteQueue(1000, 1L << 30, Duration.ZERO);
    private final GroupWriter writer = new GroupWriter(queue, journal);
    private final List<RoomModel> rooms = new ArrayList<>();

    NodeModel() {
      for (int i = 0; i < ROOMS; i++) rooms.add(new RoomModel("room " + i, journal, queue));
    }

    void play(Step step) {
      switch (step) {
        case Step.Post(var room, var messages, var isTooLarge) ->
            rooms.get(room).post(messages, isTooLarge);
        case Step.Write(var fate) -> {
          journal.next(fate);
          queue.poll().ifPresent(writer::write);
          journal.heal();
        }
        case Step.Intrude(var room) -> journal.intrude("room " + room, "intruder");
        case Step.CommitLate() -> journal.commitLate();
        case Step.GiveUp(var room) -> rooms.get(room).giveUp();
      }
      rooms.forEach(RoomModel::goOn);
    }

    /// @param rounds each ends a write or a repetition
    void end(int rounds) {
      for (int round = 0; round < rounds; round++) {
        queue.poll().ifPresent(writer::write);
        rooms.forEach(RoomModel::goOn);
        journal.commitLate();
      }
      assertThat(journal.wrong()).isEmpty();
      rooms.forEach(RoomModel::check);
    }
  }

  /// A room as `RoomBehavior` writes: one write at a time; after a failed one it reads its log
  /// again, and recognizes the messages that were committed after all.
  private static final class RoomModel {
    private final String log;
    private final MemoryJournal journal;
    private final WriteQueue queue;
    private final Map<String, Long> acknowledged = new HashMap<>();
    private List<String> unanswered = List.of();
    private Optional<JournalWrite> inFlight = Optional.empty();
    private long lastSeq;
    private int posted;

    RoomModel(String log, MemoryJournal journal, WriteQueue queue) {
      this.log = log;
      this.journal = journal;
      this.queue = queue;
    }

    void post(int messages, boolean isTooLarge) {
      if (!unanswered.isEmpty()) return;
      var batch = new ArrayList<String>();
      for (int i = 0; i < messages; i++) batch.add("message " + ++posted);
      if (isTooLarge) batch.add(MemoryJournal.TOO_LARGE);
      unanswered = batch;
      write();
    }

    private void write() {
      var rows = new ArrayList<JournalRow>();
      for (var text : unanswered) rows.add(Rows.row(log, lastSeq + rows.size() + 1, text));
      var write = new JournalWrite(log, rows);
      assertThat(queue.offer(write)).isTrue();
      inFlight = Optional.of(write);
    }

    /// Takes the answer of a write, if it is there, and repeats unacknowledged posts.
    void goOn() {
      if (inFlight.isEmpty() || !inFlight.get().isDone()) return;
      var isWritten = Rows.isWritten(inFlight.get());
      inFlight = Optional.empty();
      if (isWritten) {
        for (var text : unanswered) acknowledged.put(text, ++lastSeq);
        unanswered = List.of();
        return;
      }
      readAgain();
      if (unanswered.contains(MemoryJournal.TOO_LARGE)) unanswered = List.of();
      if (!unanswered.isEmpty()) write();
    }

    private void readAgain() {
      lastSeq = journal.highestSeq(log);
      var left = new ArrayList<>(unanswered);
      for (var row : journal.log(log))
        if (left.remove(Rows.text(row))) acknowledged.put(Rows.text(row), row.seq());
      unanswered = left;
    }

    void giveUp() {
      if (inFlight.isEmpty()) unanswered = List.of();
    }

    void check() {
      assertThat(inFlight).as("every write is answered").isEmpty();
      var rows = journal.log(log);
      long seq = 0;
      var messages = new HashSet<String>();
      for (var row : rows) {
        assertThat(row.seq()).as("the log has no gap").isEqualTo(++seq);
        var text = Rows.text(row);
        assertThat(text.equals("intruder") || messages.add(text)).as("%s once", text).isTrue();
      }
      acknowledged.forEach((text, at) ->
          assertThat(Rows.text(rows.get((int) (at - 1)))).as("at %d", at).isEqualTo(text));
    }
  }
}
