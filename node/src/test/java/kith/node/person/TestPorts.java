package kith.node.person;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports for servers that start later, or stop and start again.
///
/// They lie below the ports that operating systems give to outgoing connections and to servers that
/// ask for any port, so nothing takes one while its server is down.
public final class TestPorts {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  // tests of another process on this machine begin elsewhere
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private TestPorts() {}

  /// A port of this machine that is free, and that no other caller gets.
  public static int free() {
    while (true) {
      var port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) return port;
    }
  }

  private static boolean isFree(int port) {
    try (var _ = new ServerSocket(port)) {
      return true;
    } catch (BindException _) {
      return false;
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
