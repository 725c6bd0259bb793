package kith.node.feature.threads;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import kith.node.core.relay.Relays;
import kith.node.core.room.PostRule;
import kith.node.core.room.Projection;
import kith.node.core.room.Rooms;
import kith.node.core.session.SessionPart;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.platform.database.Jdbc;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.serialization.SerializationExtension;

/// Threads. The room puts a reply into its thread ([ThreadRule]), a projection lists the replies
/// and makes accounts follow threads ([ThreadProjection]), requests read and follow them
/// ([ThreadRoutes]), and sessions are sent the changes ([ThreadNews], [ThreadsSessionPart]).
public final class ThreadsFeature implements Feature {
  private final ThreadTable threads;
  private final FollowTable follows;
  private final ActorRef<ThreadNews.Command> news;
  private final Projection projection;

  public ThreadsFeature(ActorSystem<?> system, Jdbc jdbc, ThreadSettings settings) {
    this.threads = new ThreadTable(jdbc);
    this.follows = new FollowTable(jdbc, settings.perAccount());
    this.news =
        system.systemActorOf(
            ThreadNews.create(new StoredFollows(follows)), "thread-news", Props.empty());
    this.projection =
        new ThreadProjection(
            SerializationExtension.get(system), settings.perAccount(), this::changed);
  }

  /// Queries the database only if there is something to look up.
  private record StoredFollows(FollowTable table) implements ThreadNews.LookUps {
    @Override
    public CompletionStage<List<FollowTable.State>> of(
        Set<ThreadKey> threads, Set<String> accounts) {
      return threads.isEmpty()
          ? CompletableFuture.completedFuture(List.of())
          : table.of(threads, accounts);
    }

    @Override
    public CompletionStage<List<FollowTable.State>> unread(Set<String> accounts) {
      return accounts.isEmpty()
          ? CompletableFuture.completedFuture(List.of())
          : table.unread(accounts);
    }
  }

  private void changed(Set<ThreadKey> changed) {
    for (var it : changed) changed(it, Optional.empty());
  }

  private void changed(ThreadKey thread, Optional<String> account) {
    news.tell(new ThreadNews.Changed(new ThreadNews.Change(thread.room(), thread.root(), account)));
  }

  @Override
  public List<String> names() {
    return List.of("threads");
  }

  @Override
  public List<PostRule> postRules() {
    return List.of(new ThreadRule());
  }

  @Override
  public List<Projection> projections() {
    return List.of(projection);
  }

  @Override
  public List<String> accountTables() {
    return List.of("thread_follow");
  }

  @Override
  public List<SessionPart.Factory> sessionParts(Rooms rooms, ActorRef<Relays.Command> relays) {
    return List.of(new ThreadsSessionPart.Factory(news));
  }

  @Override
  public List<Route> routes(Edge edge) {
    return List.of(
        new ThreadRoutes(
                threads, follows, (account, thread) -> changed(thread, Optional.of(account)), edge)
            .route());
  }
}
