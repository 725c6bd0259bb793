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
import java.util.concurrent.TimeUnit;
import kith.terminal.config.Conf;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.model.Size;
import kith.terminal.profile.Access;
import kith.terminal.update.Input;
import kith.terminal.update.Moment;
import kith.terminal.update.Request;
import kith.terminal.update.Update;
import kith.terminal.view.Screen;

/// The loop of the full-screen client: handles one input at a time, draws frames, executes
/// requests.
public final class FullScreen {
  private static final int MAX_INPUTS = 2_048;
  private static final int MAX_INPUTS_PER_FRAME = 256;

  /// The longest delay of a frame, to combine events. Keys are drawn at once.
  private static final long FRAME_NANOS = TimeUnit.MILLISECONDS.toNanos(25);

  /// If a wait of one second takes this long, the process was suspended.
  private static final Duration STOPPED = Duration.ofSeconds(3);

  private static final Duration BETWEEN_SAVES = Duration.ofMinutes(1);

  /// The result of a run.
  ///
  /// @param unsent the number of messages left in the outbox
  public record End(long unsent) {}

  private final Display tty;
  private final TerminalGraphics graphics;
  private final Painter painter;
  private final Clock clock = Clock.systemUTC();
  private final BlockingQueue<Input> inputs = new ArrayBlockingQueue<>(MAX_INPUTS);
  private final Keyboard keyboard;
  private final Effects effects;
  private Instant cacheDue = Instant.EPOCH;
  private Model model;

  private FullScreen(Authenticator authenticator, Display tty, Model model) {
    this.tty = tty;
    this.model = model;
    var conf = model.settings().conf();
    graphics = TerminalGraphics.of(conf.pictures(), System.getenv());
    painter = new Painter(tty, conf.links().orElse(false), graphics);
    keyboard = new Keyboard(tty, graphics::answered, this::enqueue);
    effects =
        new Effects(
            authenticator,
            tty,
            painter,
            clock,
            this::enqueue,
            SpellChecker.of(conf.spelling(), this::enqueue));
  }

  /// @param access absent if the user must log in first, at `server`
  public static End run(
      Optional<Access> access, Authenticator authenticator, String server, Conf conf)
      throws IOException, InterruptedException {
    try (var tty = Tty.open()) {
      return run(tty, access, authenticator, server, conf);
    }
  }

  /// Runs on a terminal that the caller owns and closes.
  public static End run(
      Display tty, Optional<Access> access, Authenticator authenticator, String server, Conf conf)
      throws IOException, InterruptedException {
    var size = tty.getTerminalSize();
    boolean hasLinks = conf.links().orElseGet(() -> Hyperlinks.areSupported(System.getenv()));
    var start =
        Model.start(
            new Size(size.getColumns(), size.getRows()),
            conf.withLinks(hasLinks),
            ZoneId.systemDefault());
    var model = access.isPresent() ? start : start.loggingIn(Form.of(server));
    var screen = new FullScreen(authenticator, tty, model);
    tty.enterPrivateMode();
    if (conf.mouse()) tty.mouse(true);
    tty.ask(screen.graphics.question());
    if (access.isEmpty()) screen.effects.execute(new Request.FindProviders(server));
    return screen.loop(access);
  }

  private End loop(Optional<Access> access) throws IOException, InterruptedException {
    try {
      if (access.isPresent()) begin(access.get());
      tty.addResizeListener((_, size) -> {
        var _ = inputs.offer(new Input.Resized(new Size(size.getColumns(), size.getRows())));
      });
      keyboard.start();
      while (!model.isOver()) {
        draw();
        awaitFrame(System.nanoTime() + FRAME_NANOS);
      }
      return new End(model.waiting());
    } finally {
      // first, because later steps may fail
      tty.exitPrivateMode();
      effects.saveCache(model, false);
      effects.close();
    }
  }

  private void begin(Access access) throws IOException {
    var outbox = access.outbox();
    effects.openFiles(access);
    handle(new Input.PreferencesLoaded(effects.preferencesOf(access).preferences()));
    handle(
        new Input.LoggedIn(
            access.user(),
            access.server(),
            outbox.unanswered(),
            outbox.refused(),
            outbox.uploads()));
    handle(new Input.DraftsLoaded(effects.draftsOf(access).drafts()));
    effects.openCache(access, model.settings().conf().hasCache());
    effects.connect(access, outbox);
  }

  /// A full disk does not end the client.
  private void save() throws IOException {
    try {
      effects.save();
    } catch (UncheckedIOException fault) {
      handle(new Input.Answer(List.of(String.valueOf(fault.getMessage())), true));
    }
  }

  private void saveCache(boolean isNeeded) {
    cacheDue = clock.instant().plus(BETWEEN_SAVES);
    effects.saveCache(model, isNeeded);
  }

  /// Handles inputs until the next frame is due.
  private void awaitFrame(long due) throws IOException, InterruptedException {
    long before = System.nanoTime();
    var input = inputs.poll(1, TimeUnit.SECONDS);
    if (System.nanoTime() - before > STOPPED.toNanos() && !effects.isLent()) retake();
    var access = effects.loggedIn();
    if (access.isPresent()) begin(access.get());
    if (input == null) {
      handle(new Input.Tick());
      save();
      if (clock.instant().isAfter(cacheDue)) saveCache(false);
      return;
    }
    boolean isPressed = handle(input);
    for (int more = 0; more < MAX_INPUTS_PER_FRAME && !model.isOver(); more++) {
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

  private void enqueue(Input input) {
    try {
      inputs.put(input);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// @return whether it was a key or a click, which is drawn at once
  private boolean handle(Input input) throws IOException {
    if (input instanceof Input.EditedExternally || input instanceof Input.NotEdited) {
      effects.terminalReturned();
      keyboard.resume();
      retake();
    }
    var step =
        Update.update(model, input, new Moment(clock.instant(), UUID.randomUUID().toString()));
    model = step.model();
    for (var request : step.requests()) effects.execute(request);
    if (step.requests().contains(new Request.SaveCache())) saveCache(true);
    boolean isPressed = input.isFromTerminal();
    if (isPressed && !effects.isLent()) keyboard.resume();
    return isPressed;
  }
}
