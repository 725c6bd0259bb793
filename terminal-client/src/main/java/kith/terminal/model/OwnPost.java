package kith.terminal.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;

/// An own post that is not in the timeline yet: unanswered, acknowledged without its entry, or
/// refused.
///
/// @param isKept it is on disk and outlives the client
/// @param seq its entry, if the server has committed it; the entry is not in the timeline yet
/// @param failure the reason for its refusal; it is not retried
/// @param upload its file; without it, the post cannot be sent
public record OwnPost(
    ClientFrame.Post post,
    Instant at,
    boolean isKept,
    OptionalLong seq,
    Optional<String> failure,
    Optional<FileUpload> upload) {

  public static OwnPost fresh(ClientFrame.Post post, Instant at) {
    return new OwnPost(post, at, false, OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  public OwnPost with(FileUpload newUpload) {
    return new OwnPost(post, at, isKept, seq, failure, Optional.of(newUpload));
  }

  /// The file is on the server; the post with its id replaces this one.
  public OwnPost uploaded(ClientFrame.Send whole, Instant now) {
    return new OwnPost(whole, now, false, seq, failure, upload.map(FileUpload::finished));
  }

  /// Whether it waits for its file.
  public boolean isUploading() {
    return failure.isEmpty() && upload.isPresent() && !upload.get().isDone();
  }

  public OwnPost kept() {
    return new OwnPost(post, at, true, seq, failure, upload);
  }

  public OwnPost acknowledged(long entry) {
    return new OwnPost(post, at, isKept, OptionalLong.of(entry), Optional.empty(), upload);
  }

  public OwnPost failed(String why) {
    return new OwnPost(post, at, isKept, OptionalLong.empty(), Optional.of(why), upload);
  }

  public boolean hasFailed() {
    return failure.isPresent();
  }

  public boolean isAcknowledged() {
    return seq.isPresent();
  }

  public boolean isWaiting() {
    return seq.isEmpty() && failure.isEmpty();
  }
}
