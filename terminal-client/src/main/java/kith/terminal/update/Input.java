package kith.terminal.update;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.Notifications.NotificationRules;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.Searches;
import kith.protocol.rest.SignIn.BegunSignIn;
import kith.protocol.rest.SignIn.OfferedProvider;
import kith.protocol.rest.SlashCommands;
import kith.protocol.rest.Threads;
import kith.terminal.model.CachedRoom;
import kith.terminal.model.Draft;
import kith.terminal.model.Offer;
import kith.terminal.model.OpenServer;
import kith.terminal.model.Picker;
import kith.terminal.model.Picture;
import kith.terminal.model.Preferences;
import kith.terminal.model.Size;
import kith.terminal.model.Spelling;
import kith.terminal.net.PendingUpload;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.SessionEvent;

/// An input of the full-screen client.
public sealed interface Input {

  /// Whether it came from the terminal. The keyboard thread waits until such input is handled.
  default boolean isFromTerminal() {
    return isUserActivity() || this instanceof Focused;
  }

  /// Whether the user caused it.
  default boolean isUserActivity() {
    return this instanceof Key
        || this instanceof Typed
        || this instanceof Pasted
        || this instanceof Clicked
        || this instanceof Wheeled;
  }

  /// A key by its name in the key table, such as `Alt-a` or `Enter`.
  record Key(String chord) implements Input {}

  /// A typed character.
  record Typed(String text) implements Input {}

  /// Pasted text, of any number of lines.
  record Pasted(String text) implements Input {}

  /// Counted from 0 at the top left.
  record Clicked(int column, int row) implements Input {}

  /// The wheel turned over a place of the screen.
  record Wheeled(boolean isUp, int column, int row) implements Input {}

  /// Whether the terminal has the focus, if it reports that.
  record Focused(boolean is) implements Input {}

  record Resized(Size size) implements Input {}

  /// The servers of the window; empty if this is the only one.
  record Servers(List<OpenServer> servers) implements Input {
    public Servers {
      servers = List.copyOf(servers);
    }
  }

  /// The window shows this server now.
  ///
  /// @param theme that of the server which was shown before
  /// @param hasMouse the setting of that server
  /// @param room to go to
  record Shown(String theme, boolean hasMouse, Optional<String> room) implements Input {}

  /// The window shows another server.
  ///
  /// @param lastKey the time of the latest key there
  record Hidden(Instant lastKey) implements Input {}

  /// Answers of the spell checker.
  record Spelled(Map<String, Spelling.Verdict> verdicts) implements Input {
    public Spelled {
      verdicts = Map.copyOf(verdicts);
    }
  }

  /// The word was added to the user's dictionary.
  record Learned(String word) implements Input {}

  /// The account's rules of notifications.
  record RulesLoaded(NotificationRules rules) implements Input {}

  record Net(SessionEvent event) implements Input {}

  record Tick() implements Input {}

  /// @param asked the message whose thread was requested
  /// @param before the end of the page
  record ThreadLoaded(String room, long asked, OptionalLong before, Threads.ThreadPage page)
      implements Input {}

  record ThreadNotLoaded(String room, long asked, String sentence) implements Input {}

  record RepliesCounted(String room, List<Threads.ThreadCount> counts) implements Input {
    public RepliesCounted {
      counts = List.copyOf(counts);
    }
  }

  /// The login succeeded.
  ///
  /// @param server its address, as the user knows it
  /// @param left unanswered posts of an earlier run
  /// @param refused its refused posts that the user has not decided on
  /// @param uploads its files that are not uploaded
  record LoggedIn(
      String user,
      String server,
      List<ClientFrame.Post> left,
      List<RefusedPost> refused,
      List<PendingUpload> uploads)
      implements Input {
    public LoggedIn {
      left = List.copyOf(left);
      refused = List.copyOf(refused);
      uploads = List.copyOf(uploads);
    }
  }

  /// The saved preferences of the profile.
  record PreferencesLoaded(Preferences preferences) implements Input {}

  /// The saved drafts of the account.
  record DraftsLoaded(List<Draft> drafts) implements Input {
    public DraftsLoaded {
      drafts = List.copyOf(drafts);
    }
  }

  /// The rooms saved by the last run.
  record CacheLoaded(List<CachedRoom> rooms) implements Input {
    public CacheLoaded {
      rooms = List.copyOf(rooms);
    }
  }

  record NotLoggedIn(String code, String sentence) implements Input {}

  /// A server has described its ways to sign in.
  record Offered(Offer offer) implements Input {}

  record SignInBegun(OfferedProvider provider, BegunSignIn begun) implements Input {
    /// Omits the secret of the sign-in.
    @Override
    public String toString() {
      return "SignInBegun[" + provider + "]";
    }
  }

  /// The server did not finish a sign-in, or did not answer.
  record SignInRefused(String signIn, String code, String sentence, OptionalLong retryAfterMillis)
      implements Input {
    @Override
    public String toString() {
      return "SignInRefused[" + code + "]";
    }
  }

  /// The room's details that the inbox does not contain.
  record Described(RoomAnswers.Room room) implements Input {}

  /// The user created or joined this room.
  record Entered(RoomAnswers.Room room) implements Input {}

  /// A direct conversation was opened.
  ///
  /// @param text a message to send there
  record ConversationOpened(RoomAnswers.Room room, Optional<String> text) implements Input {}

  record Left(String room) implements Input {}

  record Members(String room, List<RoomAnswers.Member> members) implements Input {
    public Members {
      members = List.copyOf(members);
    }
  }

  /// The commands of bots in a room.
  record CommandsListed(String room, List<SlashCommands.Command> commands) implements Input {
    public CommandsListed {
      commands = List.copyOf(commands);
    }
  }

  /// The items of a requested list.
  record Listed(Picker.Kind kind, String room, List<Picker.Item> items) implements Input {
    public Listed {
      items = List.copyOf(items);
    }
  }

  /// An invitation that the user asked for.
  ///
  /// @param link the text that the invited user types
  record Invited(List<String> lines, String link, String room) implements Input {
    public Invited {
      lines = List.copyOf(lines);
    }
  }

  record PasswordChanged() implements Input {}

  record PasswordRefused(String code, String sentence) implements Input {}

  /// The result of a command, to be shown.
  ///
  /// @param room where the command was given; empty if it concerns no room
  record Answer(List<String> lines, boolean isError, String room) implements Input {
    public Answer {
      lines = List.copyOf(lines);
    }

    public Answer(List<String> lines, boolean isError) {
      this(lines, isError, "");
    }
  }

  /// The text as the external editor saved it.
  record EditedExternally(String text) implements Input {}

  record NotEdited(String why) implements Input {}

  /// A file on this machine that can be sent.
  ///
  /// @param replyTo the message that its message answers
  /// @param pasted the text that may mean this file
  record FileFound(
      String room,
      OptionalLong replyTo,
      String path,
      String name,
      long size,
      Optional<String> pasted)
      implements Input {}

  /// Paths that begin with the typed text, directories with a slash at the end.
  record PathsListed(String typed, List<String> paths) implements Input {
    public PathsListed {
      paths = List.copyOf(paths);
    }
  }

  /// The server knows the file; an upload that breaks off continues with it.
  record UploadCreated(PendingUpload upload) implements Input {}

  /// @param done the number of bytes that the server has
  record UploadProgress(PendingUpload upload, long done) implements Input {}

  /// No node can be reached.
  record UploadWaits(PendingUpload upload) implements Input {}

  record Uploaded(PendingUpload upload) implements Input {}

  record UploadFailed(PendingUpload upload, String why) implements Input {}

  record DownloadProgress(String name, long done, long size) implements Input {}

  /// A picture to be shown.
  record Previewed(String name, Picture picture, boolean hasTrueColour) implements Input {}

  /// A page of a search in all rooms.
  ///
  /// @param before as in the request
  record Found(String query, Optional<String> before, Searches.SearchPage page) implements Input {}

  /// There is no such page, because the server refused it or no node answered.
  record NotFound(String query, String sentence) implements Input {}

  /// The end of a download.
  record Downloaded(List<String> lines, boolean isError) implements Input {
    public Downloaded {
      lines = List.copyOf(lines);
    }
  }

  /// The terminal was closed.
  record Hangup() implements Input {}
}
