package kith.node.platform.objects;

/// A server that this node needs does not answer, or fails. A request is refused with
/// `unavailable`.
public final class Unavailable extends RuntimeException {

  /// @param what the subject of a sentence: "the object store"
  public Unavailable(String what, Throwable cause) {
    super(what + " failed: " + cause.getClass().getSimpleName(), cause);
  }
}
