package kith.terminal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Room;
import kith.terminal.update.Input;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The mark of each own post is true after any sequence of events: history, live entries, acks,
/// refusals, broken connections, `kill -9` of the client, removal from a room.
///
/// `-Dkith.seed=N` repeats one run, `-Dkith.seeds=N` makes N runs.
class TicksTest {
  private static final int STEPS = 400;
  private static final int SEEDS = Integer.getInteger("kith.seeds", 300);

  private static LongStream seeds() {
    var one = Long.getLong("kith.seed");
    return one != null ? LongStream.of(one) : LongStream.range(0, SEEDS);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theScreenShowsTheRealStateOfOwnPosts(long seed) {
    var run = new Run(seed);
    for (int step = 0; step < STEPS; step++) {
      run.happens();
      run.isTrue();
    }
    run.comesToRest();
    run.isTrue();
    run.isSettled();
  }

  private static final class Run {
    private final Random dice;
    private final SimulatedNode node;
    private final SimulatedClient client;
    private final List<String> story = new ArrayList<>();
    private final Set<String> typed = new LinkedHashSet<>();
    private final Set<String> given = new HashSet<>();

    Run(long seed) {
      dice = new Random(seed);
      node = new SimulatedNode(dice, "r1", "r2");
      IntStream.range(0, dice.nextInt(60)).forEach(i -> node.others("r1", "old " + i));
      client = new SimulatedClient(dice, node::socketEnds);
    }

    void happens() {
      int what = dice.nextInt(100);
      if (what < 30) does("works", client::works);
      else if (what < 50) toNode();
      else if (what < 70) toClient();
      else if (what < 78) writes();
      else if (what < 82) does("others", () -> node.others(anyRoom(), "from others"));
      else if (what < 86) does("time", () -> client.passes(dice.nextInt(6_000)));
      else if (what < 92) presses();
      else if (what < 95) does("loses", client::loses);
      else if (what < 97) kills();
      else if (what < 98) membership();
      else edits();
    }

    private void does(String name, Runnable work) {
      if (!name.contains("Ping[") && !name.contains("Pong[")) story.add(name);
      work.run();
    }

    private String anyRoom() {
      return dice.nextInt(4) == 0 ? "r2" : "r1";
    }

    private void toNode() {
      if (client.out.isEmpty()) return;
      var frame = client.out.remove();
      does("to node " + frame, () -> node.receives(frame));
    }

    private void toClient() {
      if (node.out.isEmpty()) return;
      var frame = node.out.remove();
      does("to client " + frame, () -> client.receives(frame));
    }

    private void writes() {
      if (client.screen().currentRoom().isEmpty()) return;
      var text = "m" + typed.size();
      does("writes " + text, () -> client.writes(text));
      typed.add(text);
      // in a room of which the user is no longer a member, it stays in the editor
      if (!client.screen().editor().isEmpty()) {
        check(client.screen().currentRoom().orElseThrow().listing().isGone(), "is sent: " + text);
        given.add(text);
        does("takes it back", client::emptiesTheEditor);
      }
    }

    private void edits() {
      var room = client.screen().currentRoom();
      if (room.isEmpty() || room.get().log().entries().isEmpty()) return;
      long seq = room.get().log().last();
      does("edits " + seq, () -> client.writes("/edit " + seq + " changed"));
    }

    private void presses() {
      var keys = List.of("PageUp", "PageDown", "Alt-n", "Alt-e", "Alt-r", "Alt-u", "Escape");
      var key = keys.get(dice.nextInt(keys.size()));
      does(key, () -> client.takes(new Input.Key(key)));
    }

    private void kills() {
      // text that is not on disk yet may be lost; its mark shows that
      for (var room : client.screen().rooms())
        room.ownPosts().stream().filter(own -> !own.isKept()).forEach(own -> given.add(text(own)));
      does("kill -9", client::isKilledAndStartsAgain);
    }

    private void membership() {
      if (node.isMember("r2")) {
        does("kick", () -> node.removesMember("r2"));
      } else {
        var room = node.addsMember("r2");
        does("join", () -> client.takes(new Input.Entered(room)));
      }
    }

    void comesToRest() {
      story.add("-- comes to rest");
      node.becomesReliable();
      for (int round = 0; round < 2_000; round++) {
        while (client.isBusy() || !client.out.isEmpty() || !node.out.isEmpty()) {
          while (client.isBusy()) client.works();
          toNode();
          toClient();
        }
        client.passes(500);
      }
      // everything that is left to load at the end of the log
      for (int times = 0; times < 3; times++) {
        client.takes(new Input.Key("Escape"));
        client.takes(new Input.Key("Alt-e"));
        while (client.isBusy() || !client.out.isEmpty() || !node.out.isEmpty()) {
          while (client.isBusy()) client.works();
          toNode();
          toClient();
        }
      }
    }

    /// At every moment.
    void isTrue() {
      for (var room : client.screen().rooms()) {
        var entries = room.log().entries();
        long before = 0;
        for (var entry : entries) {
          check(entry.seq() > before, "entries in order");
          check(entry.seq() <= node.end(room.id()), "no entry that does not exist");
          var real = node.entry(room.id(), entry.seq());
          check(real.by().equals(entry.by()), "the right author of #" + entry.seq());
          before = entry.seq();
        }
        for (var own : room.ownPosts()) ownIsTrue(room, own);
        check(
            room.ownPosts().stream().map(it -> it.post().id()).distinct().count()
                == room.ownPosts().size(),
            "each own post once");
      }
    }

    private void ownIsTrue(Room room, OwnPost own) {
      var id = own.post().id();
      var committed = node.committed(room.id(), id);
      boolean isInLog =
          room.log().entries().stream()
              .anyMatch(it -> it instanceof Entry.OfPost post && post.id().equals(id));
      check(!isInLog, "shown twice: " + own);
      if (own.isAcknowledged()) {
        check(committed.isPresent(), "sent, but not committed: " + own);
        boolean isBelowNewer =
            !room.log().entries().isEmpty() && room.log().last() >= committed.get().seq();
        check(!isBelowNewer, "below newer entries: " + own);
      }
      if (own.hasFailed() && !own.failure().orElse("").contains("may have been sent"))
        check(committed.isEmpty(), "refused, but committed: " + own);
      if (own.isKept() && own.isWaiting() && committed.isEmpty())
        check(client.isStored(own.post()), "kept, but not on disk: " + own);
    }

    void isSettled() {
      check(client.screen().waiting() == 0, "nothing waits");
      var sent = new ArrayList<String>();
      for (var name : node.rooms()) {
        for (var entry : node.log(name)) {
          if (entry instanceof Entry.Message message && message.by().equals(SimulatedNode.USER))
            sent.add(message.body().orElseThrow());
        }
      }
      assertThat(sent).as(this::told).doesNotHaveDuplicates();
      var failed = new HashSet<String>();
      for (var room : client.screen().rooms()) {
        // nothing is loaded of a room that was not shown, or that the user was removed from
        check(
            room.log().entries().isEmpty()
                || room.listing().isGone()
                || room.ownPosts().stream().allMatch(OwnPost::hasFailed),
            "an acknowledged post becomes an entry");
        room.ownPosts().forEach(own -> failed.add(text(own)));
        if (client.screen().current().equals(Optional.of(room.id())) && node.isMember(room.id())) {
          check(room.log().last() == node.end(room.id()), "the end of the log is loaded");
        }
      }
      for (var text : typed) {
        check(
            sent.contains(text) || failed.contains(text) || given.contains(text), "lost: " + text);
      }
    }

    private static String text(OwnPost own) {
      return own.post() instanceof ClientFrame.Send send ? send.body() : "";
    }

    private void check(boolean is, String what) {
      assertThat(is).as(() -> what + told()).isTrue();
    }

    private String told() {
      var latest = story.subList(Math.max(0, story.size() - 80), story.size());
      return "\n" + String.join("\n", latest) + "\n" + client.screen().rooms();
    }
  }
}
