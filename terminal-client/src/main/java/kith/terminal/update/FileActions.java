package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import kith.protocol.Limits;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.config.Conf;
import kith.terminal.keys.Action;
import kith.terminal.model.Download;
import kith.terminal.model.Editor;
import kith.terminal.model.FileUpload;
import kith.terminal.model.Overlay;
import kith.terminal.model.Overlay.Completions;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.PendingUpload;
import kith.terminal.net.SessionCommand;
import kith.terminal.plain.FileLines;
import kith.terminal.plain.LocalPath;

/// Sends files, and saves and opens those of messages.
final class FileActions {
  static final String COMMAND = "/file ";

  private FileActions() {}

  /// Sends a file to the current room, or to the thread on the screen, if there is one at this
  /// path.
  static void find(StepBuilder step, Room room, String path) {
    if (OwnPosts.offers(step, "files"))
      step.request(new Request.FindFile(room.id(), answered(step), path, Optional.empty()));
  }

  static void save(StepBuilder step, Room room, long seq) {
    if (room.log().find(seq).orElse(null) instanceof Entry.Message message)
      act(step, message, Action.SAVE_FILE);
    else step.error("The message #" + seq + " is not loaded.");
  }

  /// Asks whether a path that was pasted into an empty editor is a file to be sent.
  static void onPasted(StepBuilder step, String text) {
    var path = LocalPath.pasted(text);
    if (path.isEmpty() || !step.offers("files") || step.currentRoom().isEmpty()) return;
    if (!step.editor.text().equals(text)) return;
    step.request(
        new Request.FindFile(
            step.currentRoom().get().id(), answered(step), path.get(), Optional.of(text)));
  }

  /// The message that a file replies to: the same as for a text sent now.
  private static OptionalLong answered(StepBuilder step) {
    return step.editor.purpose() instanceof Editor.Reply(var seq)
        ? OptionalLong.of(seq)
        : step.currentRoom().map(ThreadActions::answered).orElse(OptionalLong.empty());
  }

  static void onFound(StepBuilder step, Input.FileFound found) {
    if (step.room(found.room()).isEmpty()) return;
    if (found.pasted().isEmpty()) {
      begin(step, found.room(), found.replyTo(), found.path(), found.name(), found.size());
    } else if (step.overlay instanceof Overlay.None
        && step.isCurrent(found.room())
        && step.editor.text().equals(found.pasted().get())) {
      Confirmations.ask(
          step,
          new Question.SendFile(
              found.room(), found.replyTo(), found.path(), found.name(), found.size()));
    }
  }

  /// The user confirmed that a pasted path is a file to be sent.
  static void send(StepBuilder step, Question.SendFile file) {
    step.editor = Editor.empty();
    begin(step, file.room(), file.replyTo(), file.path(), file.name(), file.size());
  }

  /// Sends a long text as a file.
  static void sendText(StepBuilder step, String text) {
    if (step.currentRoom().isEmpty() || !OwnPosts.offers(step, "files")) return;
    step.request(
        new Request.WriteText(
            step.currentRoom().get().id(), answered(step), text, step.moment.id()));
  }

  private static void begin(
      StepBuilder step, String room, OptionalLong replyTo, String path, String name, long size) {
    var limit = limits(step).map(Limits.OfFiles::bytes);
    if (limit.isPresent() && size > limit.get()) {
      step.error(
          name
              + " has "
              + FileLines.size(size)
              + "; this server takes files of up to "
              + FileLines.size(limit.get())
              + ".");
      return;
    }
    keep(
        step,
        new PendingUpload(step.moment.id(), room, replyTo, path, name, size, Optional.empty()));
  }

  private static void keep(StepBuilder step, PendingUpload upload) {
    OwnPosts.add(
        step, OwnPost.fresh(post(upload), step.moment.now()).with(FileUpload.waiting(upload)));
    showEnd(step, upload);
    step.request(new SessionCommand.KeepUpload(upload));
  }

  /// Scrolls to the file: in the thread on the screen if it is part of it, otherwise in the room.
  private static void showEnd(StepBuilder step, PendingUpload upload) {
    boolean isInPane =
        step.isCurrent(upload.room())
            && step.shownRoom().stream()
                .flatMap(room -> room.ownPosts().stream())
                .anyMatch(own -> own.post().id().equals(upload.id()));
    if (isInPane) step.changeShown(it -> it.with(it.reading().at(Optional.empty()).marked()));
    else step.change(upload.room(), it -> it.with(it.reading().at(Optional.empty()).marked()));
  }

  private static Optional<Limits.OfFiles> limits(StepBuilder step) {
    return step.connection instanceof ConnectionState.Online(var welcome)
        ? welcome.limits().files()
        : Optional.empty();
  }

  private static ClientFrame.Send post(PendingUpload upload) {
    return new ClientFrame.Send(
        upload.id(), upload.room(), "", upload.replyTo(), upload.file().map(List::of));
  }

  /// Continues the uploads of an earlier run.
  static void restore(StepBuilder step, List<PendingUpload> uploads) {
    for (var upload : uploads) {
      OwnPosts.restore(
          step,
          OwnPost.fresh(post(upload), step.moment.now()).kept().with(FileUpload.waiting(upload)));
      step.request(new Request.Upload(upload));
    }
  }

  static void retry(StepBuilder step, OwnPost failed) {
    var upload = failed.upload().orElseThrow().file().fromTheBeginning();
    OwnPosts.replace(step, failed.post(), it -> Optional.empty());
    keep(step, upload);
  }

  // reports of the runtime

  static void onKept(StepBuilder step, PendingUpload upload) {
    boolean isNew =
        step.room(upload.room()).stream()
            .flatMap(room -> room.ownPosts().stream())
            .anyMatch(own -> own.post().id().equals(upload.id()) && !own.isKept());
    boolean isWanted =
        change(step, upload, own -> own.kept().with(new FileUpload(upload, state(own), done(own))));
    if (isWanted && isNew) step.request(new Request.Upload(upload));
  }

  private static FileUpload.State state(OwnPost own) {
    return own.upload().orElseThrow().state();
  }

  private static long done(OwnPost own) {
    return own.upload().orElseThrow().done();
  }

  /// Notes the id, so that a restart continues the upload.
  static void onCreated(StepBuilder step, PendingUpload upload) {
    if (change(step, upload, own -> own)) step.request(new SessionCommand.KeepUpload(upload));
  }

  static void onNotKept(StepBuilder step, PendingUpload upload, String why) {
    change(step, upload, own -> own.failed(why));
  }

  static void onProgress(StepBuilder step, PendingUpload upload, long done) {
    change(step, upload, own -> own.with(own.upload().orElseThrow().at(done)));
  }

  static void onWaiting(StepBuilder step, PendingUpload upload) {
    change(step, upload, own -> own.with(own.upload().orElseThrow().waiting()));
  }

  static void onFailed(StepBuilder step, PendingUpload upload, String why) {
    change(step, upload, own -> own.failed(why));
  }

  /// The file is on the server: sends the message that names it.
  static void onUploaded(StepBuilder step, PendingUpload upload) {
    var whole = post(upload);
    if (change(step, upload, own -> own.uploaded(whole, step.moment.now())))
      step.request(new SessionCommand.Post(whole));
  }

  private interface Change {
    OwnPost of(OwnPost own);
  }

  /// @return whether the user still wants the upload
  private static boolean change(StepBuilder step, PendingUpload upload, Change change) {
    var isThere =
        step.room(upload.room()).stream()
            .flatMap(room -> room.ownPosts().stream())
            .anyMatch(own -> own.post().id().equals(upload.id()) && own.isUploading());
    if (isThere) OwnPosts.replace(step, post(upload), own -> Optional.of(change.of(own)));
    return isThere;
  }

  /// The own post leaves the screen: it is sent or dropped.
  static void end(StepBuilder step, OwnPost own) {
    boolean isSent = !own.hasFailed() && !own.isUploading();
    own.upload().ifPresent(upload -> step.request(new Request.EndUpload(upload.file(), isSent)));
  }

  /// The latest upload of this room that is not finished.
  static Optional<OwnPost> underWay(Room room) {
    return room.ownPosts().reversed().stream().filter(OwnPost::isUploading).findFirst();
  }

  // files of messages

  /// The files of the selected message.
  static void act(StepBuilder step, Entry.Message message, Action action) {
    var files = message.files().orElse(List.of());
    if (files.isEmpty()) {
      step.info("There is no file in this message.");
    } else if (step.download.isPresent()) {
      step.info("Another file is being saved; " + step.hint(Action.DROP) + " cancels that.");
    } else {
      step.download =
          Optional.of(new Download(files.getFirst().name(), 0, files.getFirst().size()));
      step.request(
          new Request.Download(
              step.current.orElseThrow(),
              message.seq(),
              action == Action.SAVE_FILE ? files : files.subList(0, 1),
              action == Action.OPEN_LINK,
              step.conf.downloads()));
    }
  }

  /// The first picture of the selected message.
  static void preview(StepBuilder step, Entry.Message message) {
    var picture =
        message.files().orElse(List.of()).stream()
            .filter(file -> file.width().isPresent() && file.type().startsWith("image/"))
            .findFirst();
    if (picture.isEmpty()) step.info("There is no picture in this message.");
    else if (hasPictures(step))
      step.request(new Request.Preview(step.current.orElseThrow(), message.seq(), picture.get()));
  }

  static void onPreviewed(StepBuilder step, Input.Previewed it) {
    if (step.overlay instanceof Overlay.None && hasPictures(step))
      step.overlay = new Overlay.Preview(it.name(), it.picture(), it.hasTrueColour());
  }

  private static boolean hasPictures(StepBuilder step) {
    if (step.conf.pictures() != Conf.Pictures.OFF && !step.theme.equals("mono")) return true;
    step.info("Pictures are off: pictures in client.conf, or a theme without colours.");
    return false;
  }

  static void closePreview(StepBuilder step, Action action) {
    switch (action) {
      case CANCEL, SEND, INTERRUPT -> step.overlay = new Overlay.None();
      default -> {}
    }
  }

  static void onDownloaded(StepBuilder step, List<String> lines, boolean isError) {
    step.download = Optional.empty();
    if (!lines.isEmpty()) Notices.answer(step, lines, isError, "");
  }

  static void cancelDownload(StepBuilder step) {
    step.request(new Request.CancelDownload());
  }

  // completion

  /// Whether the cursor is at the end of a path after `/file`.
  static boolean isPath(Editor editor) {
    return editor.text().startsWith(COMMAND)
        && editor.cursor() == editor.text().length()
        && editor.purpose() instanceof Editor.Say;
  }

  static void complete(StepBuilder step) {
    step.request(new Request.ListPaths(typed(step.editor)));
  }

  private static String typed(Editor editor) {
    return editor.text().substring(COMMAND.length());
  }

  /// @param paths those that begin with the typed text, directories with a slash at the end
  static void onPaths(StepBuilder step, String typed, List<String> paths) {
    if (!(step.overlay instanceof Overlay.None) || !isPath(step.editor)) return;
    if (!typed(step.editor).equals(typed) || paths.isEmpty()) return;
    var common = paths.stream().reduce(Completion::common).orElse("");
    if (common.length() > typed.length()) step.editor = step.editor.with(COMMAND + common);
    if (paths.size() > 1)
      step.overlay = new Completions(COMMAND.length(), choices(paths).toList(), -1, false);
  }

  private static Stream<Completions.Choice> choices(List<String> paths) {
    return paths.stream().map(path -> new Completions.Choice(path, path, path));
  }
}
