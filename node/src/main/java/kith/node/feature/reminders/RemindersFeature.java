package kith.node.feature.reminders;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import kith.node.core.relay.Relays;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.config.Portions;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.server.Route;

/// Reminders of an account. A table stores them ([ReminderTable]), sessions are sent those that are
/// due ([ReminderNews], [RemindersSessionPart]), and the rooms and their logs decide which of their
/// messages the account can read ([ReminderRoutes]).
public final class RemindersFeature implements Feature {
  private final ReminderTable table;
  private final ActorRef<ReminderNews.Command> news;
  private final Clock clock;

  public RemindersFeature(
      ActorSystem<?> system, Jdbc jdbc, ReminderSettings settings, Clock clock) {
    this.table = new ReminderTable(jdbc, settings.perAccount());
    this.clock = clock;
    this.news =
        system.systemActorOf(
            ReminderNews.create(new Stored(table), clock), "reminder-news", Props.empty());
  }

  private record Stored(ReminderTable table) implements ReminderNews.LookUps {
    @Override
    public CompletionStage<List<Reminder>> due(Set<String> accounts, Instant now) {
      return table.due(accounts, now);
    }

    @Override
    public CompletionStage<List<String>> became(Instant after, Instant until, String from) {
      return table.became(after, until, from, Portions.REMINDED_ACCOUNTS);
    }
  }

  @Override
  public List<String> names() {
    return List.of("reminders");
  }

  @Override
  public List<String> accountTables() {
    return List.of("reminder", "reminder_settled");
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new RemindersSessionPart.Factory(news));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new ReminderRoutes(
                table, account -> news.tell(new ReminderNews.Changed(account)), edge, clock)
            .route());
  }
}
