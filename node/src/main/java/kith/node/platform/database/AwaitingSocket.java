package kith.node.platform.database;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/// A socket that remembers since when it waits for an answer: since its last write, if nothing was
/// read afterwards.
final class AwaitingSocket extends Socket {
  /// By `System.nanoTime`, which may be negative; meaningless while nothing is awaited.
  private volatile long since;

  private volatile boolean isAwaiting;

  /// True if it waits for an answer to bytes that were written before this time.
  boolean awaitsSince(long time) {
    return isAwaiting && since - time < 0;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int one) throws IOException {
        sent();
        out.write(one);
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        sent();
        out.write(bytes, from, count);
      }
    };
  }

  private void sent() {
    since = System.nanoTime();
    isAwaiting = true;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        var one = super.read();
        isAwaiting = false;
        return one;
      }

      @Override
      public int read(byte[] bytes, int from, int most) throws IOException {
        var count = super.read(bytes, from, most);
        isAwaiting = false;
        return count;
      }
    };
  }
}
