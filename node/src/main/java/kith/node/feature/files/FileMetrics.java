package kith.node.feature.files;

import kith.node.platform.metrics.Count;
import kith.node.platform.metrics.Instruments;
import kith.node.platform.metrics.Level;

/// The metrics of files.
public final class FileMetrics {
  private final Level transfers;
  private final Count received;
  private final Count sent;
  private final Count completed;
  private final Count readBack;
  private final Count removed;
  private final Count thumbnails;
  private final Count failedThumbnails;
  private final Count cleanScans;
  private final Count infectedScans;
  private final Count failedScans;
  private final Count profilePictures;

  public FileMetrics(Instruments instruments) {
    transfers =
        instruments.level(
            "kith_file_transfers", "Uploads and downloads of files under way on this node.");
    received = instruments.bytes("kith_file_received_bytes", "Bytes of files stored.");
    sent = instruments.bytes("kith_file_sent_bytes", "Bytes of files sent.");
    completed = instruments.counter("kith_files_completed", "Uploads completed.");
    readBack =
        instruments.bytes(
            "kith_file_read_back_bytes",
            "Bytes read to compare the SHA-256 of uploads that came to several nodes.");
    removed = instruments.counter("kith_file_contents_removed", "Contents of files removed.");
    thumbnails = instruments.counter("kith_file_thumbnails", "Thumbnails made.");
    failedThumbnails =
        instruments.counter(
            "kith_file_thumbnails_failed",
            "Pictures without a thumbnail, because they are damaged or too large.");
    cleanScans = instruments.counter("kith_file_scans_clean", "Files that the scanner accepted.");
    infectedScans =
        instruments.counter("kith_file_scans_infected", "Files that the scanner refused.");
    failedScans =
        instruments.counter("kith_file_scans_failed", "Checks of files that gave no verdict.");
    profilePictures =
        instruments.counter("kith_profile_pictures", "Pictures uploaded for profiles.");
  }

  public void transfers(int now) {
    transfers.set(now);
  }

  public void received(int bytes) {
    received.inc(bytes);
  }

  public void sent(int bytes) {
    sent.inc(bytes);
  }

  public void completed() {
    completed.inc();
  }

  public void readBack(int bytes) {
    readBack.inc(bytes);
  }

  /// A picture was decoded, or was not.
  public void thumbnail(boolean isMade) {
    (isMade ? thumbnails : failedThumbnails).inc();
  }

  public void scanned(boolean isClean) {
    (isClean ? cleanScans : infectedScans).inc();
  }

  public void scanFailed() {
    failedScans.inc();
  }

  public void profilePicture() {
    profilePictures.inc();
  }

  public void removed() {
    removed.inc();
  }
}
