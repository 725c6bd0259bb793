package kith.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SystemdNotifyTest {
  @TempDir Path dir;

  @Test
  void theServiceManagerReceivesEachStepAndTheEndOfTheStart() throws Throwable {
    var path = dir.resolve("notify").toString();
    try (var manager = new ServiceManager(path);
        var waiting = new Waiting(() -> 0, new SystemdNotify(Optional.of(path)))) {
      waiting.does("The node forms a cluster.");
      assertThat(manager.next()).isEqualTo("STATUS=The node forms a cluster.");
      waiting.failed("The database\ndoes not answer.");
      assertThat(manager.next()).isEqualTo("STATUS=The database does not answer.");
      waiting.serves();
      assertThat(manager.next()).startsWith("READY=1\n");
      waiting.stops();
      assertThat(manager.next()).startsWith("STOPPING=1\n");
    }
  }

  @Test
  void anAbstractSocketIsReached() throws Throwable {
    var name = "@kith-test-" + ProcessHandle.current().pid();
    try (var manager = new ServiceManager(name)) {
      new SystemdNotify(Optional.of(name)).ready();

      assertThat(manager.next()).startsWith("READY=1\n");
    }
  }

  @Test
  void aServiceManagerThatIsGoneDoesNotStopTheNode() {
    var nobody = new SystemdNotify(Optional.of(dir.resolve("nobody").toString()));

    assertThatCode(nobody::ready).doesNotThrowAnyException();
  }

  /// Receives datagrams on a Unix socket, as systemd does.
  private static final class ServiceManager implements AutoCloseable {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private final Arena arena = Arena.ofConfined();
    private final int descriptor;

    ServiceManager(String path) throws Throwable {
      descriptor =
          (int) function("socket", FunctionDescriptor.of(INT, INT, INT, INT)).invoke(1, 2, 0);
      var name = path.getBytes(StandardCharsets.UTF_8);
      if (name[0] == '@') name[0] = 0;
      var address = arena.allocate(110);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      int length = 2 + name.length + (name[0] == 0 ? 0 : 1);
      int bound =
          (int)
              function("bind", FunctionDescriptor.of(INT, INT, ValueLayout.ADDRESS, INT))
                  .invoke(descriptor, address, length);
      assertThat(bound).isZero();
    }

    String next() throws Throwable {
      var bytes = arena.allocate(500);
      long length =
          (long)
              function(
                      "recv",
                      FunctionDescriptor.of(
                          ValueLayout.JAVA_LONG,
                          INT,
                          ValueLayout.ADDRESS,
                          ValueLayout.JAVA_LONG,
                          INT))
                  .invoke(descriptor, bytes, 500L, 0);
      return new String(
          bytes.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
      try {
        int _ = (int) function("close", FunctionDescriptor.of(INT, INT)).invoke(descriptor);
      } catch (Throwable fault) {
        throw new IllegalStateException(fault);
      }
      arena.close();
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
      var linker = Linker.nativeLinker();
      return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
  }
}
