package kith.node.feature.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kith.node.LocalActors;
import kith.node.person.Patience;
import kith.node.platform.config.Portions;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReminderNewsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Reminder PLANTS =
      new Reminder("ann", "r1", NOON, Optional.of("water the plants"), Optional.empty());

  /// Of one test: the actors of one system would exchange their news.
  private final ActorTestKit kit = LocalActors.create();

  private final Asked asked = new Asked();
  private final ActorRef<ReminderNews.Command> news =
      kit.spawn(ReminderNews.create(asked, Clock.fixed(NOON, ZoneOffset.UTC)));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private record Question(Set<String> accounts, CompletableFuture<List<Reminder>> answer) {}

  private record Look(
      Instant after, Instant until, String from, CompletableFuture<List<String>> answer) {}

  private static final class Asked implements ReminderNews.LookUps {
    private final LinkedBlockingQueue<Question> ofAccounts = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Look> looks = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<List<Reminder>> due(Set<String> accounts, Instant now) {
      var question = new Question(accounts, new CompletableFuture<>());
      ofAccounts.add(question);
      return question.answer();
    }

    @Override
    public CompletionStage<List<String>> became(Instant after, Instant until, String from) {
      var look = new Look(after, until, from, new CompletableFuture<>());
      looks.add(look);
      return look.answer();
    }

    Question question() {
      return next(ofAccounts);
    }

    private static <T> T next(LinkedBlockingQueue<T> queue) {
      try {
        var next = queue.poll(Patience.LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(next).isNotNull();
        return next;
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }
  }

  private TestProbe<ReminderNews.Due> connects(String user) {
    var session = kit.<ReminderNews.Due>createTestProbe();
    news.tell(new ReminderNews.Connected(user, session.getRef()));
    return session;
  }

  private static List<Reminder> hears(TestProbe<ReminderNews.Due> session) {
    return session.receiveMessage(Patience.LONGEST).reminders();
  }

  @Test
  void aConnectingSessionReceivesTheDueReminders() {
    var ann = connects("ann");

    asked.question().answer().complete(List.of(PLANTS));

    assertThat(hears(ann)).containsExactly(PLANTS);
  }

  @Test
  void accountsWhoseRemindersBecameDueAreLookedUp() {
    var ann = connects("ann");
    asked.question().answer().complete(List.of());
    assertThat(hears(ann)).isEmpty();

    var look = Asked.next(asked.looks);
    assertThat(look.until()).isEqualTo(NOON);
    assertThat(look.after()).as("rows that became visible late").isBefore(NOON);
    look.answer().complete(List.of("ann", "bob"));
    var question = asked.question();
    assertThat(question.accounts()).as("only those on this node").containsExactly("ann");
    question.answer().complete(List.of(PLANTS));

    assertThat(hears(ann)).containsExactly(PLANTS);
  }

  @Test
  void aFullPageOfAccountsIsFollowedByTheNextOne() {
    connects("zoe");
    asked.question().answer().complete(List.of());
    var accounts =
        IntStream.range(0, Portions.REMINDED_ACCOUNTS).mapToObj("u%03d"::formatted).toList();

    var first = Asked.next(asked.looks);
    first.answer().complete(accounts);
    var second = Asked.next(asked.looks);
    assertThat(second.from()).isEqualTo(accounts.getLast());
    assertThat(second.after()).isEqualTo(first.after());
    second.answer().complete(List.of("zoe"));

    assertThat(asked.question().accounts()).containsExactly("zoe");
  }

  @Test
  void aFailedSearchIsRepeatedFromTheSameTime() {
    connects("ann");
    asked.question().answer().complete(List.of());

    var first = Asked.next(asked.looks);
    first.answer().completeExceptionally(new IllegalStateException("away"));

    assertThat(Asked.next(asked.looks).after()).isEqualTo(first.after());
  }

  @Test
  void allDevicesReceiveARemovalAndNothingElse() {
    var phone = connects("ann");
    asked.question().answer().complete(List.of(PLANTS));
    assertThat(hears(phone)).containsExactly(PLANTS);
    var laptop = connects("ann");
    asked.question().answer().complete(List.of(PLANTS));
    assertThat(hears(laptop)).containsExactly(PLANTS);
    assertThat(hears(phone)).containsExactly(PLANTS);

    news.tell(new ReminderNews.Changed("bob"));
    news.tell(new ReminderNews.Changed("ann"));
    var question = asked.question();
    assertThat(question.accounts()).containsExactly("ann");
    question.answer().complete(List.of());

    assertThat(hears(phone)).isEmpty();
    assertThat(hears(laptop)).isEmpty();
  }

  @Test
  void aFailedLookUpIsRepeated() {
    var ann = connects("ann");
    asked.question().answer().completeExceptionally(new IllegalStateException("away"));

    asked.question().answer().complete(List.of(PLANTS));

    assertThat(hears(ann)).containsExactly(PLANTS);
  }
}
