package kith.terminal.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kith.terminal.config.Conf;
import kith.terminal.model.CachedRoom;
import kith.terminal.model.Model;
import kith.terminal.net.Connection;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Outbox;
import kith.terminal.net.Refused;
import kith.terminal.net.SignInState;
import kith.terminal.net.Unreachable;
import kith.terminal.plain.Sanitizer;
import kith.terminal.profile.Access;
import kith.terminal.profile.CacheFile;
import kith.terminal.profile.DraftsFile;
import kith.terminal.profile.PreferencesFile;
import kith.terminal.update.Input;
import kith.terminal.update.Request;
import org.jspecify.annotations.Nullable;

/// Executes the requests of updates: on the connection, the REST API, files and the terminal.
/// Blocking work runs on its own threads and reports its result as an input.
final class Effects implements AutoCloseable {
  private static final int MAX_CALLS = 64;
  private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

  private final Authenticator authenticator;
  private final Display tty;
  private final Painter painter;
  private final Consumer<Input> inputs;
  private final Clock clock;
  private final HookRunner hooks = new HookRunner();
  private final ExternalEditor editor = ExternalEditor.of(System.getenv());
  private final AtomicReference<Optional<Access>> loggedIn =
      new AtomicReference<>(Optional.empty());

  /// The sign-in whose result the user waits for; empty if there is none.
  private final AtomicReference<String> wantedSignIn = new AtomicReference<>("");

  private final ExecutorService worker =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MAX_CALLS),
          Thread.ofPlatform().name("kith-calls").daemon().factory());
  private final SpellChecker spelling;
  private boolean isLent;
  private volatile boolean isClosed;
  private @Nullable Connection connection;
  private @Nullable ServerCalls calls;
  private @Nullable PreferencesFile preferences;
  private @Nullable DraftsFile drafts;
  private @Nullable CacheFile cache;
  private @Nullable Path pastes;
  private @Nullable FileUploads uploads;
  private @Nullable FileDownloads downloads;
  private Instant nextCall = Instant.EPOCH;

  /// @param inputs called from any thread; may block
  Effects(
      Authenticator authenticator,
      Display tty,
      Painter painter,
      Clock clock,
      Consumer<Input> inputs,
      SpellChecker spelling) {
    this.authenticator = authenticator;
    this.tty = tty;
    this.painter = painter;
    this.clock = clock;
    this.inputs = inputs;
    this.spelling = spelling;
  }

  /// The login since the previous call.
  Optional<Access> loggedIn() {
    return loggedIn.getAndSet(Optional.empty());
  }

  PreferencesFile preferencesOf(Access access) {
    var file = PreferencesFile.in(access.profile().preferences());
    preferences = file;
    return file;
  }

  DraftsFile draftsOf(Access access) {
    var file = DraftsFile.of(access);
    drafts = file;
    return file;
  }

  /// Loads the cache beside the connection, so that the first screen waits for neither.
  void openCache(Access access, boolean isOn) {
    var file = CacheFile.of(access);
    if (!isOn) {
      file.delete();
      return;
    }
    cache = file;
    Thread.ofVirtual().start(() -> inputs.accept(new Input.CacheLoaded(file.rooms())));
  }

  /// Stores the rooms that the server listed in this run, and nothing if the login has ended.
  ///
  /// @param isNeeded a removed message must leave the file, even if no room is left to store
  void saveCache(Model model, boolean isNeeded) {
    boolean isTooEarly = model.rooms().stream().anyMatch(room -> room.log().isUnlisted());
    if (cache == null || isTooEarly) return;
    try {
      switch (model.connection()) {
        case ConnectionState.Ended _ -> cache.delete();
        default -> {
          var rooms = CachedRoom.of(model);
          if (isNeeded) cache.write(rooms);
          else if (!rooms.isEmpty()) cache.writeIfUnlocked(rooms);
        }
      }
    } catch (UncheckedIOException _) {
      // the next start is slower; drafts and the outbox report a full disk
    }
  }

  /// Before the login is handled, which continues the uploads of an earlier run.
  void openFiles(Access access) {
    pastes = access.profile().pastes();
    uploads = new FileUploads(access.files(), access.profile().pastes(), inputs);
    downloads = new FileDownloads(access.files(), inputs);
  }

  private Input write(Request.WriteText text) {
    var directory = pastes;
    if (directory == null) throw new IllegalStateException("not logged in");
    return LocalFiles.write(directory, text);
  }

  /// @param outbox closed with the connection
  void connect(Access access, Outbox outbox) {
    calls = ServerCalls.of(access, inputs);
    connection =
        Connection.withInbox(
            access.nodes(), access.tokens(), outbox, event -> inputs.accept(new Input.Net(event)));
  }

  /// Whether another program is using the terminal.
  boolean isLent() {
    return isLent;
  }

  void terminalReturned() {
    isLent = false;
  }

  /// Writes drafts and preferences that changed, and does not wait for a server.
  void save() {
    if (drafts != null) drafts.writeIfUnlocked();
    if (preferences != null) preferences.write();
  }

  @Override
  public void close() {
    isClosed = true;
    worker.shutdownNow();
    if (uploads != null) uploads.close();
    if (downloads != null) downloads.close();
    if (connection != null) connection.close();
    if (preferences != null) preferences.write();
    if (drafts != null) drafts.write();
  }

  void execute(Request request) throws IOException {
    switch (request) {
      case Request.LogIn(var server, var user, var password, var isNew) ->
          runAsync(() -> logIn(() -> authenticator.logIn(server, user, password, isNew)));
      case Request.SecondFactor(var code) ->
          runAsync(() -> logIn(() -> authenticator.secondFactor(code)));
      // on threads of their own, so that a log-in does not wait for a server that does not answer
      case Request.FindProviders(var server) -> runHere(() -> findProviders(server));
      case Request.BeginSignIn(var server, var provider) ->
          runAsync(() ->
              inputs.accept(
                  new Input.SignInBegun(
                      provider, authenticator.beginSignIn(server, provider.provider()))));
      case Request.FinishSignIn(var signIn, var user) -> {
        wantedSignIn.set(signIn);
        runHere(() -> finishSignIn(signIn, user));
      }
      case Request.CancelSignIn() -> wantedSignIn.set("");
      case Request.Session(var command) -> {
        if (connection != null) connection.submit(command);
      }
      case Request.Rest call -> {
        var now = calls;
        if (now != null) runAsync(() -> now.execute(call));
      }
      case Request.SavePreferences(var changed) -> {
        if (preferences != null) preferences.keep(changed);
      }
      // by the loop, which has the model and the servers
      case Request.SaveCache() -> {}
      case Request.OfWindow _ -> {}
      case Request.KeepDraft(var draft) -> {
        if (drafts != null) drafts.keep(draft);
      }
      case Request.CheckSpelling(var words) -> spelling.check(words);
      case Request.LearnWord(var word) -> spelling.learn(word);
      case Request.OpenLink(var link) -> runAsync(() -> DesktopOpener.open(link));
      case Request.FindFile find -> runHere(() -> LocalFiles.find(find).ifPresent(inputs));
      case Request.ListPaths(var typed) -> runHere(() -> inputs.accept(LocalFiles.list(typed)));
      case Request.WriteText text -> runHere(() -> inputs.accept(write(text)));
      case Request.Upload(var upload) -> {
        if (uploads != null) uploads.add(upload);
      }
      case Request.EndUpload(var upload, var isSent) -> {
        if (uploads != null) uploads.end(upload, isSent);
      }
      case Request.WakeUploads() -> {
        if (uploads != null) uploads.wake();
      }
      case Request.Download download -> {
        if (downloads != null) downloads.begin(download);
      }
      case Request.CancelDownload() -> {
        if (downloads != null) downloads.cancel();
      }
      case Request.Notify(var how, var title, var text) -> call(how, title, text);
      case Request.RunHook(var command, var event, var me) -> hooks.run(command, event, me);
      case Request.Mouse(var isOurs) -> tty.mouse(isOurs);
      case Request.Redraw() -> painter.forget();
      case Request.EditExternally(var text) -> lend(text);
      case Request.Copy(var text) -> tty.copy(text);
      case Request.Title(var text) -> tty.title(Sanitizer.line(text));
    }
  }

  private void lend(String text) throws IOException {
    tty.lend();
    isLent = true;
    Thread.ofPlatform().name("kith-editor").daemon().start(() -> inputs.accept(editor.edit(text)));
  }

  /// Notifications in quick succession, as after a reconnect, are reduced to one.
  private void call(Conf.How how, String title, String text) throws IOException {
    var now = clock.instant();
    if (now.isBefore(nextCall)) return;
    nextCall = now.plus(BETWEEN_CALLS);
    tty.call(how, Sanitizer.line(title), Sanitizer.line(text));
  }

  private void runAsync(Runnable work) {
    try {
      worker.execute(() -> attempt(work));
    } catch (RejectedExecutionException full) {
      reportError("busy", "Too many requests are waiting for the server.");
    }
  }

  /// Local work does not wait for calls of a server that does not answer.
  private void runHere(Runnable work) {
    Thread.ofVirtual().start(() -> attempt(work));
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (Refused refused) {
      reportError(refused.code(), refused.sentence());
    } catch (Unreachable unreachable) {
      reportError("unreachable", unreachable.sentence());
    } catch (UncheckedIOException fault) {
      reportError("not-written", String.valueOf(fault.getMessage()));
    }
  }

  private void reportError(String code, String sentence) {
    var input =
        calls == null
            ? new Input.NotLoggedIn(code, sentence)
            : new Input.Answer(List.of(sentence), true);
    // asynchronous, because the caller may be the thread that drains `inputs`
    Thread.ofVirtual().start(() -> inputs.accept(input));
  }

  private void findProviders(String server) {
    try {
      inputs.accept(new Input.Offered(authenticator.offer(server)));
    } catch (Refused | Unreachable _) {
      // the log-in reports the error
    }
  }

  private void finishSignIn(String signIn, Optional<String> user) {
    try {
      var access = authenticator.finishSignIn(signIn, user);
      // approved after the user had cancelled it here
      if (wantedSignIn.get().equals(signIn)) logIn(() -> access);
      else access.logOut(false);
    } catch (Refused refused) {
      inputs.accept(
          new Input.SignInRefused(
              signIn, refused.code(), refused.sentence(), refused.retryAfterMillis()));
    } catch (Unreachable unreachable) {
      inputs.accept(
          new Input.SignInRefused(
              signIn, SignInState.UNREACHABLE, unreachable.sentence(), OptionalLong.empty()));
    } catch (UncheckedIOException fault) {
      inputs.accept(
          new Input.SignInRefused(
              signIn, "not-written", String.valueOf(fault.getMessage()), OptionalLong.empty()));
    }
  }

  private void logIn(Supplier<Access> attempt) {
    var access = attempt.get();
    if (isClosed) {
      // the user has left the form meanwhile
      access.logOut(false);
      return;
    }
    loggedIn.set(Optional.of(access));
    inputs.accept(new Input.Tick());
  }
}
