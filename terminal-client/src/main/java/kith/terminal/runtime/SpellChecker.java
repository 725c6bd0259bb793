package kith.terminal.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import kith.terminal.config.Conf;
import kith.terminal.model.Spelling.Verdict;
import kith.terminal.update.Input;
import org.jspecify.annotations.Nullable;

/// The program `hunspell` in its pipe mode, which answers one word at a time. It is started for the
/// first word. Without it, or without a dictionary, nothing is checked.
final class SpellChecker implements AutoCloseable {
  /// For one word, with its suggestions.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int MAX_WAITING = 64;
  private static final int MAX_LINE = 8_192;
  private static final int MAX_LINES = 64;
  private static final int MAX_SUGGESTIONS = 8;

  /// Then it is not started again.
  private static final int MAX_FAILURES = 3;

  private final List<String> program;
  private final String setting;
  private final Map<String, String> environment;
  private final Consumer<Input> inputs;
  private final BlockingQueue<Runnable> work = new ArrayBlockingQueue<>(MAX_WAITING);
  private @Nullable Thread thread;
  private @Nullable Pipe pipe;
  private int failures;

  /// @param program a command
  /// @param setting of `client.conf`: dictionaries, `auto` or `off`
  /// @param inputs called from another thread; may block
  SpellChecker(
      List<String> program,
      String setting,
      Map<String, String> environment,
      Consumer<Input> inputs) {
    this.program = List.copyOf(program);
    this.setting = setting;
    this.environment = environment;
    this.inputs = inputs;
  }

  static SpellChecker of(String setting, Consumer<Input> inputs) {
    return new SpellChecker(List.of("hunspell"), setting, System.getenv(), inputs);
  }

  /// Dropped if too many wait.
  void check(List<String> words) {
    submit(() -> answer(words));
  }

  /// Adds a word to the user's dictionary, and checks it again.
  void learn(String word) {
    submit(() -> {
      try {
        var running = running();
        if (running.isEmpty()) return;
        running.get().learn(word);
        inputs.accept(new Input.Learned(word));
        answer(List.of(word));
      } catch (IOException fault) {
        failed(fault);
      }
    });
  }

  private void submit(Runnable task) {
    if (dictionaries().isEmpty()) return;
    if (thread == null)
      thread = Thread.ofPlatform().name("kith-spelling").daemon().start(this::run);
    var _ = work.offer(task);
  }

  private void run() {
    try {
      while (failures < MAX_FAILURES) work.take().run();
    } catch (InterruptedException closed) {
      // by close
    } finally {
      if (pipe != null) pipe.close();
    }
  }

  private void answer(List<String> words) {
    try {
      var running = running();
      if (running.isEmpty()) return;
      var verdicts = new HashMap<String, Verdict>();
      for (var word : words) verdicts.put(word, running.get().verdict(word));
      inputs.accept(new Input.Spelled(verdicts));
    } catch (IOException fault) {
      failed(fault);
    }
  }

  /// Reports a missing dictionary only if the user chose it.
  private void failed(IOException fault) {
    if (pipe != null) pipe.close();
    pipe = null;
    failures++;
    if (failures == MAX_FAILURES && !setting.equals(Conf.AUTO))
      inputs.accept(
          new Input.Answer(List.of("Words are not checked: " + fault.getMessage()), true));
  }

  private Optional<Pipe> running() throws IOException {
    var dictionaries = dictionaries();
    if (dictionaries.isEmpty()) return Optional.empty();
    if (pipe == null) pipe = Pipe.open(program, dictionaries.get());
    return Optional.of(pipe);
  }

  /// The chosen ones, or that of the user's language; absent if nothing is to be checked.
  private Optional<String> dictionaries() {
    if (setting.equals(Conf.OFF)) return Optional.empty();
    if (!setting.equals(Conf.AUTO)) return Optional.of(setting);
    return List.of("LC_ALL", "LC_MESSAGES", "LANG").stream()
        .map(name -> environment.getOrDefault(name, ""))
        .filter(value -> !value.isBlank())
        .findFirst()
        .map(value -> value.split("[.@]", 2)[0])
        .filter(language -> language.matches("[a-z]{2,3}_[A-Z]{2}"));
  }

  @Override
  public void close() {
    if (thread != null) thread.interrupt();
  }

  /// One run of the program.
  private record Pipe(Process process, BlockingQueue<String> lines) {

    static Pipe open(List<String> program, String dictionaries) throws IOException {
      var command = new ArrayList<>(program);
      command.addAll(List.of("-a", "-i", "UTF-8", "-d", dictionaries));
      var process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      var pipe = new Pipe(process, new ArrayBlockingQueue<>(MAX_LINES));
      Thread.ofVirtual().start(() -> pipe.read(process.getInputStream()));
      try {
        // the program introduces itself
        pipe.line();
      } catch (IOException fault) {
        pipe.close();
        throw new IOException("hunspell has no dictionary " + dictionaries + ".", fault);
      }
      return pipe;
    }

    /// An overlong line or the end of the output ends the answers.
    private void read(InputStream in) {
      try (in) {
        var line = new byte[MAX_LINE];
        int length = 0;
        for (int next = in.read(); next >= 0 && length < MAX_LINE; next = in.read()) {
          if (next != '\n') {
            line[length++] = (byte) next;
            continue;
          }
          lines.put(new String(line, 0, length, StandardCharsets.UTF_8));
          length = 0;
        }
      } catch (IOException | InterruptedException ended) {
        // the reader of answers gets none
      }
      close();
    }

    private String line() throws IOException {
      try {
        long due = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < due) {
          var line = lines.poll(100, TimeUnit.MILLISECONDS);
          if (line != null) return line;
          if (!process.isAlive() && lines.isEmpty()) throw new IOException("hunspell ended.");
        }
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
      throw new IOException("hunspell does not answer.");
    }

    /// A line of an answer for each part of the word, then an empty one.
    Verdict verdict(String word) throws IOException {
      write("^" + word + "\n");
      var answers = new ArrayList<String>();
      for (var line = line(); !line.isEmpty(); line = line()) answers.add(line);
      var wrong = answers.stream().filter(it -> "&#?".indexOf(it.charAt(0)) >= 0).toList();
      // suggestions for a part of the word do not apply to the word
      boolean isWhole = answers.size() == 1 && wrong.size() == 1;
      return new Verdict(wrong.isEmpty(), isWhole ? suggestions(wrong.getFirst()) : List.of());
    }

    /// `& wrod 3 1: word, rod, wood`
    private static List<String> suggestions(String line) {
      int at = line.indexOf(": ");
      if (line.charAt(0) != '&' || at < 0) return List.of();
      return Arrays.stream(line.substring(at + 2).split(", ")).limit(MAX_SUGGESTIONS).toList();
    }

    /// It saves the user's dictionary at once.
    void learn(String word) throws IOException {
      write("*" + word + "\n#\n");
    }

    private void write(String text) throws IOException {
      process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    }

    void close() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
