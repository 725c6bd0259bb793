package kith.terminal.command;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Standard input and output as UTF-8, independent of the locale.
final class Streams {
  /// One for all questions of a command: each reader takes more from a pipe than a line.
  private static final BufferedReader IN =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private static final Output OUT = new Output(new FileOutputStream(FileDescriptor.out));

  private Streams() {}

  static BufferedReader in() {
    return IN;
  }

  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /// Buffered: the caller flushes.
  static PrintStream out() {
    return new PrintStream(new BufferedOutputStream(OUT), false, StandardCharsets.UTF_8);
  }

  /// The reason why standard output could not be written; absent if a reader has closed the pipe,
  /// as `head` does.
  static Optional<String> fault() {
    return OUT.fault();
  }

  /// Remembers its first fault, because a `PrintStream` reports none.
  static final class Output extends FilterOutputStream {
    private final AtomicReference<@Nullable String> fault = new AtomicReference<>();

    Output(OutputStream to) {
      super(to);
    }

    Optional<String> fault() {
      return Optional.ofNullable(fault.get()).filter(why -> !isOfReader(why));
    }

    /// The message of the system, which contains these words in other languages, too.
    private static boolean isOfReader(String why) {
      return why.toLowerCase(Locale.ROOT).contains("broken pipe");
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        out.write(bytes, from, count);
      } catch (IOException failure) {
        fault.compareAndSet(null, String.valueOf(failure.getMessage()));
        throw failure;
      }
    }
  }

  static void print(String line) {
    var out = out();
    out.println(line);
    out.flush();
  }

  static PrintStream err() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }
}
