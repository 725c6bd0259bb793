package kith.node.feature.files;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import kith.node.core.room.Projection;
import kith.node.core.session.Attachments;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.MemberReads;
import kith.node.platform.config.Intervals;
import kith.node.platform.config.NodeSettings;
import kith.node.platform.database.Jdbc;
import kith.node.platform.metrics.FileMetrics;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;

/// Files of messages. A client uploads a file ([UploadRoutes]), a message claims it before it goes
/// to its room ([FileTable#claim]), the room's log then says who may read it ([DownloadRoutes]). A
/// projection follows the log ([FileProjection]), so that the bytes of a file are removed when its
/// message is ([FileCleaner]).
public final class FilesFeature implements Feature {
  private final ActorSystem<?> system;
  private final NodeSettings.Files settings;
  private final FileMetrics metrics;
  private final FileTable table;
  private final BlobStore store;
  private final Uploads uploads;
  private final Transfers transfers;
  private final Thumbnails thumbnails;

  /// @param jdbc with connections and threads that only files use
  /// @param decoders threads that make thumbnails
  public FilesFeature(
      ActorSystem<?> system,
      Jdbc jdbc,
      Executor decoders,
      NodeSettings.Files settings,
      FileMetrics metrics) {
    this.system = system;
    this.settings = settings;
    this.metrics = metrics;
    this.table = new FileTable(jdbc, settings);
    this.store = new PostgresBlobs(jdbc);
    this.uploads = new Uploads(table, store, new RunningDigests(settings.transfers()), metrics);
    this.transfers = new Transfers(settings.transfers(), settings.accountTransfers(), metrics);
    this.thumbnails =
        new Thumbnails(
            new ThumbnailTable(jdbc), uploads, settings.thumbnails(), metrics, decoders, system);
  }

  @Override
  public List<String> names() {
    return List.of("files");
  }

  @Override
  public List<Projection> projections() {
    return List.of(new FileProjection());
  }

  @Override
  public List<String> accountTables() {
    return List.of("unclaimed_file");
  }

  @Override
  public Optional<Attachments> attachments() {
    return Optional.of(table::claim);
  }

  @Override
  public List<Route> routes(Edge edge) {
    cleanUp(edge);
    var reads = new MemberReads(edge.rooms(), edge.accounts());
    var downloads = new Downloads(uploads, transfers, system);
    return List.of(
        new UploadRoutes(table, uploads, transfers, settings, edge.authenticated(), edge.bodies())
            .route(),
        new DownloadRoutes(table, downloads, thumbnails, edge.rooms(), reads, edge.authenticated())
            .route());
  }

  private void cleanUp(Edge edge) {
    var cleaner =
        new FileCleaner(table, store, edge.rooms().log(), Intervals.FILE_CONTENT_KEPT, metrics);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Intervals.FILE_CLEANING,
            Intervals.FILE_CLEANING,
            cleaner::run,
            system.executionContext());
  }
}
