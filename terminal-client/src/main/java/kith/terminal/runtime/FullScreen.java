package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import kith.terminal.config.Conf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.net.Connection;
import kith.terminal.net.Refused;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.Safe;
import kith.terminal.profile.Access;
import kith.terminal.profile.HabitsFile;
import kith.terminal.profile.ReadMarks;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.update.Update;
import kith.terminal.view.Screen;
import org.jspecify.annotations.Nullable;

/// The full-screen client while it runs: inputs in, one at a time; frames and requests out.
public final class FullScreen {
  private static final int MOST_INPUTS = 2_048;
  private static final int MOST_BEFORE_A_FRAME = 256;
  private static final int MOST_CALLS = 64;

  /// News may wait so long for a frame that shows more of them; keys never do.
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /// Nothing else lets a wait of a second last so long.
  private static final Duration STOPPED = Duration.ofSeconds(3);

  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

  /// How the conversation ended.
  ///
  /// @param unsent messages that wait on disk for the next time
  public record End(long unsent) {}

  private final Door door;
  private final Display tty;
  private final Painter painter;
  private final Clock clock = Clock.systemUTC();
  private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(MOST_INPUTS);
  private final AtomicReference<Optional<Access>> admitted =
      new AtomicReference<>(Optional.empty());
  private final ExecutorService worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_CALLS),
          Thread.ofPlatform().name("kith-calls").daemon().factory());
  private final OutsideEditor editor = OutsideEditor.of(System.getenv());

  /// The keys behind one that may lend the terminal are for whoever has it then.
  private final Semaphore mayRead = new Semaphore(0);

  private boolean isLent;
  private Model model;
  private @Nullable Connection connection;
  private @Nullable Calls calls;
  private @Nullable ReadMarks marks;
  private @Nullable HabitsFile habits;
  private Instant nextCall = Instant.EPOCH;

  private FullScreen(Door door, Display tty, Model model) {
    this.door = door;
    this.tty = tty;
    this.model = model;
    painter = new Painter(tty);
  }

  /// @param access absent for somebody who is to log in first, at `server`
  public static End run(Optional<Access> access, Door door, String server, Conf conf)
      throws IOException, InterruptedException {
    try (var tty = Tty.open()) {
      return run(tty, access, door, server, conf);
    }
  }

  /// On a terminal of somebody else's, which stays open.
  public static End run(Display tty, Optional<Access> access, Door door, String server, Conf conf)
      throws IOException, InterruptedException {
    var size = tty.getTerminalSize();
    var start =
        Model.start(new Size(size.getColumns(), size.getRows()), conf, ZoneId.systemDefault());
    var model = access.isPresent() ? start : start.loggingIn(Form.of(server));
    var screen = new FullScreen(door, tty, model);
    tty.enterPrivateMode();
    if (conf.mouse()) tty.mouse(true);
    if (access.isPresent()) screen.begin(access.get());
    return screen.loop();
  }

  private End loop() throws IOException, InterruptedException {
    tty.addResizeListener((_, size) -> {
      var _ = inputs.offer(new Input.Resized(new Size(size.getColumns(), size.getRows())));
    });
    Thread.ofPlatform().name("kith-keys").daemon().start(this::readKeys);
    try {
      while (!model.isOver()) {
        draw();
        awaitFrame(System.nanoTime() + FRAME_NANOS);
      }
      return new End(model.waiting());
    } finally {
      worker.shutdownNow();
      // first of all, whatever fails then
      tty.exitPrivateMode();
      if (connection != null) connection.close();
      writeDown();
    }
  }

  private void writeDown() {
    if (marks != null) marks.write();
    if (habits != null) habits.write();
  }

  /// A full disk is no reason to stop talking.
  private void save() throws IOException {
    try {
      writeDown();
    } catch (UncheckedIOException fault) {
      handle(new Input.Said(List.of(String.valueOf(fault.getMessage())), true));
    }
  }

  /// Handles what comes until there is something to draw, and no sooner than that is due.
  private void awaitFrame(long due) throws IOException, InterruptedException {
    long before = System.nanoTime();
    var input = inputs.poll(1, TimeUnit.SECONDS);
    if (System.nanoTime() - before > STOPPED.toNanos() && !isLent) retake();
    var newcomer = admitted.getAndSet(Optional.empty());
    if (newcomer.isPresent()) begin(newcomer.get());
    if (input == null) {
      handle(new Input.Tick());
      save();
      return;
    }
    boolean isPressed = handle(input);
    for (int more = 0; more < MOST_BEFORE_A_FRAME && !model.isOver(); more++) {
      long wait = isPressed ? 0 : Math.max(0, due - System.nanoTime());
      var next = inputs.poll(wait, TimeUnit.NANOSECONDS);
      if (next == null) return;
      isPressed |= handle(next);
    }
  }

  private void retake() throws IOException {
    tty.retake();
    var size = tty.getTerminalSize();
    handle(new Input.Resized(new Size(size.getColumns(), size.getRows())));
    if (model.settings().hasMouse()) tty.mouse(true);
    painter.forget();
  }

  private void draw() throws IOException {
    tty.beginFrame();
    painter.paint(Screen.draw(model));
    tty.endFrame();
  }

  private void readKeys() {
    var reader = new KeyReader();
    try {
      while (!model.isOver()) {
        var input = reader.read(tty.readInput());
        if (input.isPresent()) {
          tell(input.get());
          if (input.get() instanceof Input.Hangup) return;
          mayRead.acquire();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException gone) {
      tell(new Input.Hangup());
    }
  }

  private void tell(Input input) {
    try {
      inputs.put(input);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether it was a key, whose effect is to be seen at once
  private boolean handle(Input input) throws IOException {
    if (input instanceof Input.EditedOutside || input instanceof Input.NotEdited) {
      isLent = false;
      mayRead.release();
      retake();
    }
    var step =
        Update.update(model, input, new Moment(clock.instant(), UUID.randomUUID().toString()));
    model = step.model();
    for (var request : step.requests()) carryOut(request);
    boolean isPressed = isPressed(input);
    if (isPressed && !isLent) mayRead.release();
    return isPressed;
  }

  /// Whether the reader of keys waits until it is handled.
  private static boolean isPressed(Input input) {
    return input instanceof Input.Key
        || input instanceof Input.Typed
        || input instanceof Input.Clicked
        || input instanceof Input.Wheeled;
  }

  private void lend(String text) throws IOException {
    tty.lend();
    isLent = true;
    Thread.ofPlatform().name("kith-editor").daemon().start(() -> tell(editor.edit(text)));
  }

  private void carryOut(Request request) throws IOException {
    switch (request) {
      case Request.LogIn(var server, var user, var password, var isNew) ->
          work(() -> logIn(server, user, password, isNew));
      case Request.Post(var post) -> {
        if (connection != null) connection.post(post);
      }
      case Request.History(var question) -> {
        if (connection != null) connection.history(question);
      }
      case Request.Open(var room, var after) -> {
        if (connection != null) connection.open(room, after);
      }
      case Request.Close(var room) -> {
        if (connection != null) connection.close(room);
      }
      case Request.Wake() -> {
        if (connection != null) connection.wake();
      }
      case Request.LoadRooms() -> call(Calls::loadRooms);
      case Request.LoadMembers(var room) -> call(it -> it.loadMembers(room));
      case Request.Ask(var line, var room) -> call(it -> it.carryOut(line, room));
      case Request.KeepRead(var room, var seq) -> {
        if (marks != null) marks.keep(room, seq);
      }
      case Request.Notify(var how, var title, var text) -> call(how, title, text);
      case Request.Mouse(var isOurs) -> tty.mouse(isOurs);
      case Request.KeepHabits(var changed) -> {
        if (habits != null) habits.keep(changed);
      }
      case Request.Redraw() -> painter.forget();
      case Request.EditOutside(var text) -> lend(text);
      case Request.OpenLink(var link) -> work(() -> Links.open(link));
      case Request.Copy(var text) -> tty.copy(text);
      case Request.Title(var text) -> tty.title(Safe.line(text));
    }
  }

  /// What comes together, as after a reconnect, calls once.
  private void call(Conf.How how, String title, String text) throws IOException {
    var now = clock.instant();
    if (now.isBefore(nextCall)) return;
    nextCall = now.plus(BETWEEN_CALLS);
    tty.call(how, Safe.line(title), Safe.line(text));
  }

  private interface Call {
    void on(Calls calls);
  }

  private void call(Call call) {
    var now = calls;
    if (now != null) work(() -> call.on(now));
  }

  private void work(Runnable work) {
    try {
      worker.execute(() -> attempt(work));
    } catch (RejectedExecutionException full) {
      complain("busy", "Too much waits for the server already.");
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (Refused refused) {
      complain(refused.code(), refused.sentence());
    } catch (Unreachable nobody) {
      complain("unreachable", nobody.sentence());
    }
  }

  private void complain(String code, String sentence) {
    // only the loop changes the model, but whether somebody is logged in it tells itself
    var input =
        calls == null
            ? new Input.NotLoggedIn(code, sentence)
            : new Input.Said(List.of(sentence), true);
    Thread.ofVirtual().start(() -> tell(input));
  }

  private void logIn(String server, String user, String password, boolean isNew) {
    admitted.set(Optional.of(door.enter(server, user, password, isNew)));
    tell(new Input.Tick());
  }

  private void begin(Access access) throws IOException {
    var outbox = access.outbox();
    marks = ReadMarks.in(access.profile().readMarks());
    calls = Calls.of(access, marks, this::tell);
    habits = HabitsFile.in(access.profile().habits());
    handle(new Input.Remembered(habits.habits()));
    handle(new Input.LoggedIn(access.user(), outbox.left()));
    connection =
        Connection.start(
            access.nodes(), access.tokens(), outbox, event -> tell(new Input.Net(event)));
  }
}
