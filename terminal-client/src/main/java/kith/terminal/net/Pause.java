package kith.terminal.net;

/// Waits for a few milliseconds before a request is repeated.
public interface Pause {
  void millis(long millis) throws InterruptedException;
}
