package kith.node;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells systemd the state of a service with `Type=notify`: sd_notify(3), a datagram to the Unix
/// socket that `NOTIFY_SOCKET` names. Java has no datagrams on Unix sockets, so this calls the C
/// library of Linux.
///
/// Without that variable it does nothing. A datagram that cannot be sent is reported in the log,
/// and the node continues.
final class SystemdNotify {
  private static final Logger log = LoggerFactory.getLogger(SystemdNotify.class);

  // Linux, the same on x64 and arm64
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int PATH_OFFSET = 2;
  private static final int LONGEST_PATH = 107;

  private final Optional<String> socket;

  SystemdNotify(Optional<String> socket) {
    this.socket = socket.filter(path -> !path.isEmpty());
  }

  static SystemdNotify ofEnvironment() {
    return new SystemdNotify(Optional.ofNullable(System.getenv("NOTIFY_SOCKET")));
  }

  void ready() {
    send("READY=1\nSTATUS=The node serves.");
  }

  /// Sends the reason why the node waits, shown by `systemctl status`.
  void status(String sentence) {
    send("STATUS=" + sentence.replace('\n', ' '));
  }

  void stopping() {
    send("STOPPING=1\nSTATUS=The node stops.");
  }

  private void send(String state) {
    socket.ifPresent(path -> {
      try {
        send(path, state.getBytes(StandardCharsets.UTF_8));
      } catch (Throwable fault) {
        log.warn("systemd=not-notified socket={} reason=\"{}\"", path, fault.toString());
      }
    });
  }

  private static void send(String path, byte[] state) throws Throwable {
    var name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length > LONGEST_PATH)
      throw new IllegalArgumentException("The path of the socket is too long.");
    // an abstract address begins with a zero byte, which systemd writes as @
    if (name[0] == '@') name[0] = 0;
    try (var arena = Arena.ofConfined()) {
      var address = arena.allocate(PATH_OFFSET + LONGEST_PATH + 1);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, PATH_OFFSET, name.length);
      // a path ends with a zero byte, an abstract name with its length
      int length = PATH_OFFSET + name.length + (name[0] == 0 ? 0 : 1);
      var message = arena.allocateFrom(ValueLayout.JAVA_BYTE, state);
      int descriptor = (int) Libc.SOCKET.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (descriptor < 0) throw new IllegalStateException("No socket could be opened.");
      try {
        long sent =
            (long)
                Libc.SENDTO.invokeExact(
                    descriptor, message, (long) state.length, 0, address, length);
        if (sent != state.length)
          throw new IllegalStateException("The datagram could not be sent.");
      } finally {
        int _ = (int) Libc.CLOSE.invokeExact(descriptor);
      }
    }
  }

  /// Linked only if a service manager expects notifications.
  private static final class Libc {
    static final MethodHandle SOCKET =
        function(
            "socket",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT));
    static final MethodHandle SENDTO =
        function(
            "sendto",
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_INT));
    static final MethodHandle CLOSE =
        function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Libc() {}

    // the launcher permits it: --enable-native-access
    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
  }
}
