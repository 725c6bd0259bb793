package kith.terminal.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.model.Overlay;
import kith.terminal.model.Picture;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.PendingUpload;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;
import kith.terminal.view.Story;
import org.junit.jupiter.api.Test;

/// Files on the screen.
class FileActionsTest {
  private static final int SIZE = 319_488;

  private static Story ann() {
    return Story.atHome(80, 16);
  }

  private static void submits(Story ann, String line) {
    ann.happens(new Input.Typed(line));
    ann.presses("Enter");
  }

  private static Input.FileFound found(Optional<String> pasted) {
    return new Input.FileFound(
        "r1", OptionalLong.empty(), "/home/ann/garden.jpg", "garden.jpg", SIZE, pasted);
  }

  /// The upload of a file that is on disk and under way.
  private static PendingUpload begun(Story ann) {
    submits(ann, "/file ~/garden.jpg");
    ann.happens(found(Optional.empty()));
    return kept(ann);
  }

  private static PendingUpload kept(Story ann) {
    var upload = ann.latestCommand(SessionCommand.KeepUpload.class).upload();
    ann.happens(new Input.Net(new SessionEvent.UploadKept(upload)));
    return upload;
  }

  private static String screen(Story ann) {
    return String.join("\n", ann.screen());
  }

  @Test
  void aFileIsUploadedBeforeItsMessageIsSent() {
    var ann = ann();

    submits(ann, "/file ~/Pictures/Garden.jpg");
    assertThat(ann.latest(Request.FindFile.class).path()).isEqualTo("~/Pictures/Garden.jpg");
    ann.happens(found(Optional.empty()));
    var upload = kept(ann);
    assertThat(ann.latest(Request.Upload.class).upload()).isEqualTo(upload);
    assertThat(screen(ann)).contains("… ▣ garden.jpg 312 KB  waits to be uploaded", "… 1 waiting");

    ann.happens(new Input.UploadProgress(upload, SIZE / 2));
    assertThat(screen(ann)).contains("▲ garden.jpg 50 %", "▣ garden.jpg 312 KB  50 %");

    ann.happens(new Input.Uploaded(upload.as("f1")));
    var post = (ClientFrame.Send) ann.latestCommand(SessionCommand.Post.class).post();
    assertThat(post)
        .isEqualTo(
            new ClientFrame.Send(
                upload.id(), "r1", "", OptionalLong.empty(), Optional.of(List.of("f1"))));
    ann.happens(new Input.Net(new SessionEvent.Kept(post)));
    ann.happens(new Input.Net(new SessionEvent.Sent(post, 2, Story.noon())));
    assertThat(screen(ann)).contains("✓ ▣ garden.jpg 312 KB").doesNotContain("waiting");
  }

  @Test
  void aFileWaitsWhileNoNodeCanBeReachedAndIsTriedOnceThereIsOne() {
    var ann = ann();
    var upload = begun(ann);

    ann.state(new ConnectionState.Waiting(Instant.EPOCH, "Nothing answers."));
    ann.happens(new Input.UploadProgress(upload, SIZE / 2));
    ann.happens(new Input.UploadWaits(upload));
    assertThat(screen(ann)).contains("… ▣ garden.jpg 312 KB  waits to be uploaded", "offline");

    ann.online();
    assertThat(ann.requests().getLast()).isEqualTo(new Request.WakeUploads());
  }

  @Test
  void theNextRunContinuesAnUpload() {
    var upload =
        new PendingUpload(
            "u1", "r1", OptionalLong.empty(), "/garden.jpg", "garden.jpg", SIZE, Optional.of("f1"));
    var ann = new Story(80, 16);

    ann.happens(new Input.LoggedIn("ann", "example.org", List.of(), List.of(), List.of(upload)));

    assertThat(ann.latest(Request.Upload.class).upload()).isEqualTo(upload);
    ann.happens(new Input.Uploaded(upload));
    assertThat(ann.latestCommand(SessionCommand.Post.class).post().id()).isEqualTo("u1");
  }

  @Test
  void theIdOfTheFileIsKeptOnDiskAndTheUploadIsNotStartedTwice() {
    var ann = ann();
    var upload = begun(ann);

    ann.happens(new Input.UploadCreated(upload.as("f1")));
    assertThat(kept(ann)).isEqualTo(upload.as("f1"));

    assertThat(ann.requests().stream().filter(Request.Upload.class::isInstance)).hasSize(1);
  }

  @Test
  void aRefusedFileShowsTheReasonAndCanBeTriedAgain() {
    var ann = ann();
    var upload = begun(ann);

    ann.happens(new Input.UploadFailed(upload, "No space left."));
    assertThat(screen(ann)).contains("✗ ▣ garden.jpg 312 KB", "not sent: No space left.");

    ann.presses("Alt-r");
    kept(ann);
    assertThat(ann.latest(Request.Upload.class).upload()).isEqualTo(upload);
    assertThat(screen(ann)).doesNotContain("not sent");
  }

  @Test
  void anUploadIsCancelledAfterAQuestion() {
    var ann = ann();
    var upload = begun(ann);
    ann.happens(new Input.UploadProgress(upload, 10));

    ann.presses("Alt-d");
    assertThat(screen(ann)).contains("Drop this unsent message?", "garden.jpg");
    ann.presses("Enter");

    assertThat(ann.latest(Request.EndUpload.class)).isEqualTo(new Request.EndUpload(upload, false));
    assertThat(ann.latestCommand(SessionCommand.Forget.class).post().id()).isEqualTo(upload.id());
    assertThat(screen(ann)).doesNotContain("▣");

    ann.happens(new Input.Uploaded(upload.as("f1")));
    assertThat(ann.commands()).noneMatch(SessionCommand.Post.class::isInstance);
  }

  @Test
  void aPastedPathIsOfferedAsAFile() {
    var ann = ann();

    ann.happens(new Input.Pasted("'/home/ann/garden.jpg' "));
    var asked = ann.latest(Request.FindFile.class);
    assertThat(asked.path()).isEqualTo("/home/ann/garden.jpg");
    ann.happens(found(asked.pasted()));
    assertThat(screen(ann)).contains("Send this file?", "garden.jpg 312 KB");

    ann.presses("Enter");
    assertThat(ann.latestCommand(SessionCommand.KeepUpload.class).upload().name())
        .isEqualTo("garden.jpg");
    assertThat(ann.model().editor().isEmpty()).isTrue();
  }

  @Test
  void aPastedPathStaysTextIfTheUserWantsThatOrTypedOn() {
    var ann = ann();

    ann.happens(new Input.Pasted("/home/ann/garden.jpg"));
    ann.types("?");
    ann.happens(found(Optional.of("/home/ann/garden.jpg")));
    assertThat(ann.model().overlay()).isEqualTo(new Overlay.None());

    ann.presses("Backspace");
    ann.happens(found(Optional.of("/home/ann/garden.jpg")));
    ann.presses("Escape");
    assertThat(ann.model().editor().text()).isEqualTo("/home/ann/garden.jpg");
    assertThat(ann.commands()).noneMatch(SessionCommand.KeepUpload.class::isInstance);
  }

  @Test
  void aLongPasteCanBeSentAsAFile() {
    var ann = ann();

    ann.happens(new Input.Pasted("one\ntwo\nthree"));
    ann.presses("Enter");
    assertThat(screen(ann)).contains("Enter yes, Tab as a file, Escape no");
    ann.presses("Tab");
    assertThat(ann.latest(Request.WriteText.class).text()).isEqualTo("one\ntwo\nthree");
    assertThat(ann.model().editor().isEmpty()).isTrue();

    var tooLong = "line\n".repeat(10_000);
    ann.happens(new Input.Pasted(tooLong));
    assertThat(screen(ann)).contains("Send it as a file?");
    ann.presses("Enter");
    assertThat(ann.latest(Request.WriteText.class).text()).isEqualTo(tooLong);
  }

  @Test
  void tabCompletesAPath() {
    var ann = ann();

    ann.happens(new Input.Typed("/file ~/Pi"));
    ann.presses("Tab");
    assertThat(ann.latest(Request.ListPaths.class).typed()).isEqualTo("~/Pi");
    ann.happens(new Input.PathsListed("~/Pi", List.of("~/Pictures/")));
    assertThat(ann.model().editor().text()).isEqualTo("/file ~/Pictures/");

    ann.presses("Tab");
    ann.happens(
        new Input.PathsListed("~/Pictures/", List.of("~/Pictures/a b.jpg", "~/Pictures/a c.jpg")));
    assertThat(ann.model().editor().text()).isEqualTo("/file ~/Pictures/a ");
    ann.presses("Tab");
    assertThat(ann.model().editor().text()).isEqualTo("/file ~/Pictures/a b.jpg");
    ann.presses("Enter");
    assertThat(ann.latest(Request.FindFile.class).path()).isEqualTo("~/Pictures/a b.jpg");
  }

  private static Story withPicture() {
    var ann = ann();
    var file =
        new Entry.File(
            "f1", "garden.jpg", SIZE, "image/jpeg", OptionalInt.of(1200), OptionalInt.of(800));
    ann.arrives(
        "r1",
        new Entry.Message(
            2,
            Story.noon(),
            "bob",
            "m2",
            Optional.of(""),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(List.of(file))));
    ann.presses("Alt-ArrowUp", "Enter");
    return ann;
  }

  @Test
  void theFilesOfTheSelectedMessageAreSaved() {
    var ann = withPicture();

    ann.types("s");
    var asked = ann.latest(Request.Download.class);
    assertThat(asked.isToOpen()).isFalse();
    assertThat(asked.directory()).isEqualTo("~/Downloads");
    ann.happens(new Input.DownloadProgress("garden.jpg", SIZE / 4, SIZE));
    assertThat(screen(ann)).contains("▼ garden.jpg 25 %");

    ann.happens(new Input.Downloaded(List.of("Saved /home/ann/Downloads/garden.jpg"), false));
    assertThat(screen(ann)).contains("Saved /home/ann/Downloads/garden.jpg").doesNotContain("▼");
  }

  @Test
  void theFileOfTheSelectedMessageIsOpenedAndCanBeCancelled() {
    var ann = withPicture();

    ann.types("o");
    assertThat(ann.latest(Request.Download.class).isToOpen()).isTrue();

    ann.presses("Alt-d");
    assertThat(ann.requests().getLast()).isEqualTo(new Request.CancelDownload());
  }

  @Test
  void aThemeWithoutColoursShowsNoPictureOfAProfile() {
    var ann = withPicture();
    ann.presses("Escape");
    while (!ann.model().settings().theme().equals("mono")) ann.presses("F4");

    ann.happens(new Input.Previewed("bob", new Picture(2, new int[] {1, 2, 3, 4}), true));

    assertThat(screen(ann)).contains("Pictures are off").doesNotContain("▀");
  }

  @Test
  void aPictureIsShownUntilAKey() {
    var ann = withPicture();

    ann.types("p");
    assertThat(ann.latest(Request.Preview.class).file().name()).isEqualTo("garden.jpg");
    ann.happens(
        new Input.Previewed(
            "garden.jpg", new Picture(4, new int[] {1, 2, 3, 4, 5, 6, 7, 8}), true));
    assertThat(screen(ann)).contains("▀▀▀▀", "garden.jpg  Escape closes");

    ann.presses("Escape");
    assertThat(screen(ann)).doesNotContain("▀");
  }
}
