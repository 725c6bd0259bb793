package kith.node.feature.reminders;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import kith.node.feature.reminders.DueReminders.Due;
import kith.node.feature.reminders.DueReminders.Receiver;
import kith.node.feature.reminders.DueReminders.Shown;
import kith.node.platform.database.FreshDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The receivers that must be notified of each due reminder.
class DueRemindersTest {
  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant EARLIER = AT.minusSeconds(3600);
  private static final FreshDatabase DATABASE = FreshDatabase.take();

  private final DueReminders due = new DueReminders(DATABASE.jdbc());
  private final ReminderTable table = new ReminderTable(DATABASE.jdbc(), 100);
  private final Receiver phone = new Receiver("phone", "bob", EARLIER);
  private final Receiver tablet = new Receiver("tablet", "bob", EARLIER);
  private final Receiver other = new Receiver("other", "ann", EARLIER);

  @AfterAll
  static void close() {
    DATABASE.close();
  }

  @BeforeEach
  void clear() {
    await(DATABASE.jdbc().update("DELETE FROM courier_target"));
    await(DATABASE.jdbc().update("DELETE FROM reminder"));
    for (var each : List.of(phone, tablet, other))
      await(
          DATABASE
              .jdbc()
              .update(
                  """
                  INSERT INTO courier_target
                    (id, kind, account, room, url, kinds, secret, created, device)
                  VALUES (?, 'ntfy', ?, '', ?, '', '', ?, 'd')
                  """,
                  each.id(),
                  each.account(),
                  "https://example.org/" + each.id(),
                  each.since()));
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private void reminds(String id, Instant at) {
    await(table.put(new Reminder("bob", id, at, Optional.of("water " + id), Optional.empty())));
  }

  private List<String> unsettled(Instant until) {
    return await(due.unsettled(List.of(phone, tablet, other), EARLIER, until));
  }

  private Optional<Due> next(Receiver receiver) {
    return await(due.next(receiver, EARLIER, AT));
  }

  private static Due of(String id, Instant at) {
    return new Due("bob", id, at, Optional.of("water " + id));
  }

  @Test
  void eachReceiverIsNotifiedOnce() {
    reminds("plants", AT);
    reminds("later", AT.plusSeconds(1));

    assertThat(unsettled(AT.minusMillis(1))).isEmpty();
    assertThat(unsettled(AT)).containsExactly("phone", "tablet");
    assertThat(next(phone)).contains(of("plants", AT));
    assertThat(next(other)).isEmpty();

    await(due.settle("phone", of("plants", AT), true));
    await(due.settle("phone", of("plants", AT), true));
    await(due.settle("tablet", of("plants", AT), false));

    assertThat(next(phone)).isEmpty();
    assertThat(unsettled(AT)).isEmpty();
  }

  @Test
  void theAccountsOfDueRemindersAreReadInPages() {
    reminds("plants", AT);
    reminds("tea", AT);
    await(table.put(new Reminder("ann", "tea", AT, Optional.of("drink it"), Optional.empty())));
    await(
        table.put(
            new Reminder("cem", "late", AT.plusSeconds(1), Optional.of("no"), Optional.empty())));

    assertThat(await(due.accounts(EARLIER, AT, "", 9))).containsExactly("ann", "bob");
    assertThat(await(due.accounts(EARLIER, AT, "", 1))).containsExactly("ann");
    assertThat(await(due.accounts(EARLIER, AT, "ann", 1))).containsExactly("bob");
    assertThat(await(due.accounts(AT, AT, "", 9))).isEmpty();
  }

  @Test
  void theEarliestComesFirstAndOldOnesDoNotCome() {
    reminds("second", AT);
    reminds("first", AT.minusSeconds(1));
    reminds("old", EARLIER);

    assertThat(next(phone)).contains(of("first", AT.minusSeconds(1)));
    var young = new Receiver("phone", "bob", AT.minusSeconds(1));
    assertThat(next(young)).contains(of("second", AT));
    assertThat(await(due.unsettled(List.of(young), EARLIER, AT.minusSeconds(1)))).isEmpty();
  }

  @Test
  void aPostponedReminderNotifiesOnlyAtItsNewTime() {
    reminds("plants", AT.minusSeconds(9));
    var old = next(phone).orElseThrow();
    reminds("plants", AT);

    assertThat(await(due.isDue(old))).isFalse();
    assertThat(next(phone)).contains(of("plants", AT));
    await(due.settle("phone", of("plants", AT), true));
    reminds("plants", AT.plusSeconds(60));
    assertThat(next(phone)).isEmpty();
    assertThat(await(due.next(phone, EARLIER, AT.plusSeconds(60))))
        .contains(of("plants", AT.plusSeconds(60)));
    await(table.remove("bob", "plants"));
    assertThat(await(due.isDue(of("plants", AT.plusSeconds(60))))).isFalse();
    assertThat(await(due.next(phone, EARLIER, AT.plusSeconds(60)))).isEmpty();
  }

  @Test
  void shownRemindersThatAreNoLongerDueAreWithdrawnOnce() {
    reminds("plants", AT);
    reminds("hidden", AT);
    await(due.settle("phone", of("plants", AT), true));
    await(due.settle("phone", of("hidden", AT), false));
    assertThat(await(due.withdrawable("phone", EARLIER))).isEmpty();

    reminds("plants", AT.plusSeconds(60));
    await(table.remove("bob", "hidden"));

    assertThat(await(due.withWithdrawable(EARLIER, "", 9))).containsExactly("phone");
    assertThat(await(due.withWithdrawable(EARLIER, "phone", 9))).isEmpty();
    assertThat(await(due.withWithdrawable(AT, "", 9))).isEmpty();
    var shown = await(due.withdrawable("phone", EARLIER)).orElseThrow();
    assertThat(shown).isEqualTo(new Shown("plants", AT));
    await(due.withdrawn("phone", shown));
    assertThat(await(due.withdrawable("phone", EARLIER))).isEmpty();
    assertThat(await(due.withWithdrawable(EARLIER, "", 9))).isEmpty();
  }

  @Test
  void settledRemindersAreDeletedWithTheirReceiverAndByAge() {
    reminds("plants", AT);
    await(due.settle("phone", of("plants", AT), true));
    await(due.settle("tablet", of("plants", AT), true));

    await(DATABASE.jdbc().update("DELETE FROM courier_target WHERE id = 'phone'"));

    assertThat(await(due.forget(AT))).isZero();
    assertThat(await(due.forget(AT.plusMillis(1)))).isOne();
  }
}
