package kith.node.feature.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import kith.node.LocalActors;
import kith.node.person.Patience;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BacklogNewsTest {
  /// Of one test: the actors of one system would exchange their news.
  private final ActorTestKit kit = LocalActors.create();

  private final Asked asked = new Asked();
  private final ActorRef<BacklogNews.Command> news = kit.spawn(BacklogNews.create(asked));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /// A look-up that waits for its answer.
  private record Question(
      Set<String> rooms,
      Set<String> connected,
      Set<String> users,
      CompletableFuture<List<Backlog>> answer) {}

  private static final class Asked implements BacklogNews.LookUps {
    private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<List<Backlog>> of(
        Set<String> rooms, Set<String> connected, Set<String> users) {
      var question = new Question(rooms, connected, users, new CompletableFuture<>());
      questions.add(question);
      return question.answer();
    }

    Question next() {
      try {
        var question = questions.poll(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(question).isNotNull();
        return question;
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    void answer(Backlog... found) {
      next().answer().complete(List.of(found));
    }
  }

  private TestProbe<Backlog> connects(String user) {
    var session = kit.<Backlog>createTestProbe();
    news.tell(new BacklogNews.Connected(user, session.getRef()));
    return session;
  }

  private void changes(String room) {
    news.tell(new BacklogNews.Changed(room));
  }

  private static Backlog joins(String user, int count) {
    return new Backlog(user, "r1", 0, count);
  }

  @Test
  void aConnectingSessionReceivesAllOpenTasks() {
    var ann = connects("ann");

    var question = asked.next();
    assertThat(question.users()).containsExactly("ann");
    question.answer().complete(List.of(joins("ann", 2)));

    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(joins("ann", 2));
  }

  @Test
  void aChangeIsCountedForConnectedUsersAndAnEndIsReported() {
    var ann = connects("ann");
    asked.answer(joins("ann", 1));
    ann.receiveMessage(Patience.LONGEST);
    var bob = connects("bob");
    asked.answer();

    changes("r1");
    var question = asked.next();
    assertThat(question.rooms()).containsExactly("r1");
    assertThat(question.connected()).containsExactlyInAnyOrder("ann", "bob");
    assertThat(question.users()).isEmpty();
    question.answer().complete(List.of(joins("bob", 3)));

    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(joins("ann", 0));
    assertThat(bob.receiveMessage(Patience.LONGEST)).isEqualTo(joins("bob", 3));
  }

  @Test
  void aChangeInOneRoomKeepsTheTasksOfOthers() {
    var ann = connects("ann");
    asked.answer(joins("ann", 1));
    ann.receiveMessage(Patience.LONGEST);

    changes("r2");
    asked.answer();
    changes("r1");
    asked.answer(joins("ann", 4));

    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(joins("ann", 4));
  }

  @Test
  void aFailedLookUpIsRepeatedWithTheLaterChanges() {
    var ann = connects("ann");
    var first = asked.next();
    changes("r1");
    first.answer().completeExceptionally(new IllegalStateException("away"));

    var again = asked.next();
    assertThat(again.users()).containsExactly("ann");
    again.answer().complete(List.of(joins("ann", 1)));

    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(joins("ann", 1));
  }
}
