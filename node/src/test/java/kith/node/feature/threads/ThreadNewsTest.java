package kith.node.feature.threads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
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

class ThreadNewsTest {
  private static final ThreadKey TEA = new ThreadKey("r1", 17);

  /// Of one test: the actors of one system would exchange their news.
  private final ActorTestKit kit = LocalActors.create();

  private final Asked asked = new Asked();
  private final ActorRef<ThreadNews.Command> news = kit.spawn(ThreadNews.create(asked));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /// A look-up that waits for its answer.
  private record Question(
      Set<ThreadKey> threads,
      Set<String> accounts,
      CompletableFuture<List<FollowTable.State>> answer) {}

  private static final class Asked implements ThreadNews.LookUps {
    private final LinkedBlockingQueue<Question> ofThreads = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Question> unread = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<List<FollowTable.State>> of(
        Set<ThreadKey> threads, Set<String> accounts) {
      return put(ofThreads, new Question(threads, accounts, new CompletableFuture<>()));
    }

    @Override
    public CompletionStage<List<FollowTable.State>> unread(Set<String> accounts) {
      return put(unread, new Question(Set.of(), accounts, new CompletableFuture<>()));
    }

    private static CompletionStage<List<FollowTable.State>> put(
        LinkedBlockingQueue<Question> queue, Question question) {
      queue.add(question);
      return question.answer();
    }

    /// Answers one look-up, which asks for both.
    void answer(List<FollowTable.State> threads, List<FollowTable.State> others) {
      next(ofThreads).answer().complete(threads);
      next(unread).answer().complete(others);
    }

    static Question next(LinkedBlockingQueue<Question> queue) {
      try {
        var question = queue.poll(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(question).isNotNull();
        return question;
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  private static FollowTable.State state(String account, boolean isFollowed, int unread) {
    return new FollowTable.State(account, TEA, 3, OptionalLong.of(29), 21, isFollowed, unread);
  }

  private TestProbe<FollowTable.State> connects(String user) {
    var session = kit.<FollowTable.State>createTestProbe();
    news.tell(new ThreadNews.Connected(user, session.getRef()));
    return session;
  }

  private void changes(Optional<String> account) {
    news.tell(new ThreadNews.Changed(new ThreadNews.Change(TEA.room(), TEA.root(), account)));
  }

  @Test
  void aSessionIsSentItsUnreadThreadsWhenItConnects() {
    var ann = connects("ann");

    asked.answer(List.of(), List.of(state("ann", true, 2)));

    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(state("ann", true, 2));
  }

  @Test
  void newRepliesReachThoseWhoFollowTheThread() {
    var ann = connects("ann");
    asked.answer(List.of(), List.of());
    var bob = connects("bob");
    asked.answer(List.of(), List.of());

    changes(Optional.empty());
    var question = Asked.next(asked.ofThreads);
    assertThat(question.threads()).containsExactly(TEA);
    assertThat(question.accounts()).containsExactlyInAnyOrder("ann", "bob");
    question.answer().complete(List.of(state("ann", false, 1), state("bob", true, 1)));
    Asked.next(asked.unread).answer().complete(List.of());

    assertThat(bob.receiveMessage(Patience.LONGEST)).isEqualTo(state("bob", true, 1));
    // the answer to its own change is the first that ann receives
    changes(Optional.of("ann"));
    asked.answer(List.of(state("ann", false, 0), state("bob", true, 1)), List.of());
    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(state("ann", false, 0));
  }

  @Test
  void aFailedLookUpIsRepeated() {
    var ann = connects("ann");
    Asked.next(asked.ofThreads).answer().completeExceptionally(new IllegalStateException("away"));
    Asked.next(asked.unread).answer().complete(List.of());

    Asked.next(asked.ofThreads).answer().complete(List.of());
    var again = Asked.next(asked.unread);
    assertThat(again.accounts()).containsExactly("ann");
    again.answer().complete(List.of(state("ann", true, 2)));
    assertThat(ann.receiveMessage(Patience.LONGEST)).isEqualTo(state("ann", true, 2));
  }

  @Test
  void changesDuringALookUpAreInTheNextOne() {
    var ann = connects("ann");
    var first = Asked.next(asked.ofThreads);
    var unread = Asked.next(asked.unread);
    changes(Optional.of("ann"));
    var received = new ArrayList<FollowTable.State>();

    first.answer().complete(List.of());
    unread.answer().complete(List.of(state("ann", true, 2)));
    asked.answer(List.of(state("ann", true, 0)), List.of());

    received.add(ann.receiveMessage(Patience.LONGEST));
    received.add(ann.receiveMessage(Patience.LONGEST));
    assertThat(received).containsExactly(state("ann", true, 2), state("ann", true, 0));
  }
}
