package kith.node.feature.files;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import kith.node.audit.Audit;
import kith.node.audit.AuditAct;
import kith.node.core.account.AccountPart;
import kith.node.core.account.Memberships;
import kith.node.core.room.Projection;
import kith.node.core.room.Rooms;
import kith.node.core.session.Attachments;
import kith.node.feature.ExportedFiles;
import kith.node.feature.Feature;
import kith.node.gateway.http.Edge;
import kith.node.gateway.http.MemberReads;
import kith.node.platform.config.FileIntervals;
import kith.node.platform.database.Jdbc;
import kith.node.platform.objects.ObjectStore;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.server.Route;

/// Files of messages. A client uploads a file ([UploadRoutes]), a message claims it before it goes
/// to its room ([FileTable#claim]), the room's log then decides who may read it ([DownloadRoutes]).
/// A projection follows the log ([FileProjection]), so that the bytes of a file are removed when
/// its message is ([FileCleaner]).
public final class FilesFeature implements Feature {
  private final ActorSystem<?> system;
  private final FileSettings settings;
  private final FileMetrics metrics;
  private final FileTable table;
  private final Stores stores;
  private final FileSync sync;
  private final Optional<UnnamedObjects> unnamed;
  private final Uploads uploads;
  private final Transfers transfers;
  private final Thumbnails thumbnails;
  private final ProfilePictureTable pictures;
  private final FileQuotas quotas;

  /// @param jdbc with connections and threads that only files use
  /// @param decoders threads that make thumbnails
  /// @param checks threads that check contents
  /// @param objects threads that wait for an object store
  public FilesFeature(
      ActorSystem<?> system,
      Jdbc jdbc,
      Executor decoders,
      Executor checks,
      Executor objects,
      FileSettings settings,
      FileMetrics metrics,
      Audit audit) {
    this.system = system;
    this.settings = settings;
    this.metrics = metrics;
    this.table = new FileTable(jdbc, settings, settings.store());
    var bucket = settings.s3().map(s3 -> new ObjectStore(s3, objects));
    this.stores = stores(jdbc, bucket, settings.store());
    this.sync = new FileSync(jdbc, stores);
    this.unnamed = bucket.map(it -> new UnnamedObjects(jdbc, it));
    var scanner = settings.scan().map(scan -> new Scanner(scan.command(), scan.timeOut()));
    var scans =
        new Scans(
            scanner,
            table,
            stores,
            checks,
            metrics,
            (file, account, finding) ->
                audit.record(
                    audit.entry(AuditAct.FILE_INFECTED, account).with(described(file, finding))),
            FileIntervals.SCAN_ANSWER);
    this.uploads =
        new Uploads(table, stores, new RunningDigests(settings.transfers()), scans, metrics);
    this.pictures = new ProfilePictureTable(jdbc);
    this.quotas = new FileQuotas(jdbc);
    this.transfers = new Transfers(settings.transfers(), settings.accountTransfers(), metrics);
    this.thumbnails =
        new Thumbnails(
            new ThumbnailTable(jdbc), uploads, settings.thumbnails(), metrics, decoders, system);
  }

  /// Without the name of the file, which its uploader chose.
  private static String described(StoredFile file, String finding) {
    return "sha256 %s, %d bytes: %s".formatted(file.sha256(), file.size(), finding);
  }

  private static Stores stores(Jdbc jdbc, Optional<ObjectStore> bucket, String newest) {
    var byName = new HashMap<String, BlobStore>();
    byName.put(PostgresBlobs.NAME, new PostgresBlobs(jdbc));
    bucket.ifPresent(it -> byName.put(S3Blobs.NAME, new S3Blobs(jdbc, it)));
    return new Stores(byName, newest);
  }

  @Override
  public List<String> names() {
    return List.of("files", "profile-pictures");
  }

  @Override
  public List<Projection> projections() {
    return List.of(new FileProjection());
  }

  @Override
  public List<String> accountTables() {
    return List.of("unclaimed_file", "file_infected", "file_quota", "profile_picture");
  }

  @Override
  public List<AccountPart.Factory<?>> accountParts(Rooms rooms, Memberships memberships) {
    return List.of(AccountPicture.part(pictures));
  }

  @Override
  public Optional<Attachments> attachments() {
    return Optional.of(table::claim);
  }

  @Override
  public Optional<ExportedFiles> exportedFiles() {
    return Optional.of(new FileExport(table, stores));
  }

  @Override
  public void start(Edge edge) {
    cleanUp(edge);
  }

  @Override
  public List<Route> routes(Edge edge) {
    var reads = new MemberReads(edge.rooms(), edge.accounts());
    var downloads = new Downloads(uploads, transfers, system);
    return List.of(
        new UploadRoutes(table, uploads, transfers, settings, edge.authenticated(), edge.bodies())
            .route(),
        new DownloadRoutes(table, downloads, thumbnails, edge.rooms(), reads, edge.authenticated())
            .route(),
        new PictureRoutes(
                pictures, thumbnails, settings, metrics, edge.accounts(), edge.authenticated())
            .route(),
        quotaRoutes(edge).ofCaller());
  }

  @Override
  public List<Route> administratorRoutes(Edge edge) {
    return List.of(quotaRoutes(edge).ofAdministrators());
  }

  private QuotaRoutes quotaRoutes(Edge edge) {
    return new QuotaRoutes(quotas, settings.accountBytes(), edge);
  }

  @Override
  public List<Route> operatorRoutes() {
    return List.of(new FileSyncRoutes(sync).route());
  }

  private void cleanUp(Edge edge) {
    var cleaner =
        new FileCleaner(
            table, stores, edge.rooms().log(), FileIntervals.FILE_CONTENT_KEPT, metrics);
    var objects = new ObjectCleaner(sync, unnamed);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            FileIntervals.FILE_CLEANING,
            FileIntervals.FILE_CLEANING,
            () -> {
              var _ = cleaner.run();
              var _ = objects.run();
            },
            system.executionContext());
  }
}
