package kith.terminal.model;

import kith.terminal.net.PendingUpload;

/// The file of an own post.
///
/// @param done the number of its bytes that the server has
public record FileUpload(PendingUpload file, State state, long done) {

  /// The state of an upload.
  public enum State {
    /// It waits for its turn, or for the server.
    WAITING,
    MOVING,
    /// The message can be sent.
    DONE
  }

  public static FileUpload waiting(PendingUpload file) {
    return new FileUpload(file, State.WAITING, 0);
  }

  public FileUpload waiting() {
    return new FileUpload(file, State.WAITING, done);
  }

  public FileUpload at(long bytes) {
    return new FileUpload(file, State.MOVING, bytes);
  }

  public FileUpload finished() {
    return new FileUpload(file, State.DONE, file.size());
  }

  public boolean isDone() {
    return state == State.DONE;
  }
}
