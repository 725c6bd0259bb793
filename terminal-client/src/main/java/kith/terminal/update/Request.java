package kith.terminal.update;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.protocol.rest.SignIn.OfferedProvider;
import kith.terminal.config.Conf;
import kith.terminal.model.Draft;
import kith.terminal.model.Picker;
import kith.terminal.model.Preferences;
import kith.terminal.net.PendingUpload;
import kith.terminal.net.SessionCommand;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.ProgramEvent;

/// A side effect that an update requests. The runtime executes requests in order.
public sealed interface Request {

  /// A command for the session, passed on unchanged.
  record Session(SessionCommand command) implements Request {}

  /// A request about the servers of the window, executed by the window.
  sealed interface OfWindow extends Request {}

  /// @param seat the number of the server in the window
  /// @param room to go to there
  record ShowServer(int seat, Optional<String> room) implements OfWindow {}

  record NextServer() implements OfWindow {}

  /// Opens one more server: with a stored login, or else with the form to log in.
  ///
  /// @param address empty if the user types it in the form
  /// @param user of the stored login; any if absent
  record AddServer(String address, Optional<String> user) implements OfWindow {}

  /// Takes a server out of the window. Its login, drafts and unsent messages stay.
  record RemoveServer(int seat) implements OfWindow {}

  /// Leaves the form to log in at this server; another one is shown.
  record LeaveForm() implements OfWindow {}

  /// A call of the server's REST API.
  sealed interface Rest extends Request {}

  /// Loads a room's topic and members, which the inbox does not contain.
  record LoadRoom(String room) implements Rest {}

  record LoadMembers(String room) implements Rest {}

  /// Loads the commands of bots in a room.
  record LoadCommands(String room) implements Rest {}

  /// Loads a page of a thread.
  ///
  /// @param before the end of the page; absent for the latest replies
  record LoadThread(String room, long seq, OptionalLong before) implements Rest {}

  /// Loads the numbers of replies to the messages between two places.
  record CountReplies(String room, long from, long to) implements Rest {}

  /// Moves the read position in a thread.
  record ReadThread(String room, long root, long seq) implements Rest {}

  /// Runs a slash command.
  ///
  /// @param room the current one; empty if there is none
  record Run(InputLine line, String room) implements Rest {}

  /// Loads the account's rules of notifications, for its quiet hours.
  record LoadRules() implements Rest {}

  record Mute(String room, boolean is) implements Rest {}

  /// Loads the items of a list.
  ///
  /// @param room empty without a room
  record Items(Picker.Kind kind, String room) implements Rest {}

  record ChangePassword(String current, String replacement) implements Rest {
    /// Omits the passwords.
    @Override
    public String toString() {
      return "ChangePassword";
    }
  }

  /// Completes a log-in with the code of a second factor.
  record SecondFactor(String code) implements Request {
    @Override
    public String toString() {
      return "SecondFactor";
    }
  }

  record LogIn(String server, String user, String password, boolean isNew) implements Request {
    /// Omits the password.
    @Override
    public String toString() {
      return "LogIn[" + server + ", " + user + "]";
    }
  }

  /// Asks a server for its ways to sign in. A server that does not answer is not an error yet.
  record FindProviders(String server) implements Request {}

  record BeginSignIn(String server, OfferedProvider provider) implements Request {}

  /// Asks whether the user has approved it.
  ///
  /// @param user the name for a new account, once the server has requested one
  record FinishSignIn(String signIn, Optional<String> user) implements Request {
    /// Omits the secret of the sign-in.
    @Override
    public String toString() {
      return "FinishSignIn[" + user + "]";
    }
  }

  /// An answer that is on its way has no effect.
  record CancelSignIn() implements Request {}

  record Notify(Conf.How how, String title, String text) implements Request {}

  /// Runs a command of the user for a message.
  ///
  /// @param me the user name
  record RunHook(String command, ProgramEvent event, String me) implements Request {}

  /// Turns mouse reporting on or off.
  record Mouse(boolean isOurs) implements Request {}

  record KeepDraft(Draft draft) implements Request {}

  /// Saves the rooms for the next start at once.
  record SaveCache() implements Request {}

  record SavePreferences(Preferences preferences) implements Request {}

  /// Repaints every cell.
  record Redraw() implements Request {}

  /// Lends the terminal to the user's editor, with this text.
  record EditExternally(String text) implements Request {}

  /// Looks for a file on this machine, to send it.
  ///
  /// @param replyTo the message that its message answers
  /// @param pasted the text that may mean this file; then a missing file is not an error
  record FindFile(String room, OptionalLong replyTo, String path, Optional<String> pasted)
      implements Request {}

  /// Writes a text to a file that is sent.
  ///
  /// @param replyTo the message that its message answers
  record WriteText(String room, OptionalLong replyTo, String text, String id) implements Request {}

  /// Lists the paths that begin with a typed text.
  record ListPaths(String typed) implements Request {}

  /// Uploads a file. Has no effect if that is under way.
  record Upload(PendingUpload upload) implements Request {}

  /// The post of this upload is sent, or dropped with its file.
  record EndUpload(PendingUpload upload, boolean isSent) implements Request {}

  /// Tries waiting uploads at once.
  record WakeUploads() implements Request {}

  /// Saves files of a message, or opens one.
  ///
  /// @param directory the directory in which files are saved
  record Download(String room, long seq, List<Entry.File> files, boolean isToOpen, String directory)
      implements Request {
    public Download {
      files = List.copyOf(files);
    }
  }

  /// Shows a picture.
  record Preview(String room, long seq, Entry.File file) implements Rest {}

  /// Searches in all rooms.
  ///
  /// @param before the end of the previous page
  record Search(String query, Optional<String> before) implements Rest {}

  record CancelDownload() implements Request {}

  /// Asks the spell checker about words.
  record CheckSpelling(List<String> words) implements Request {
    public CheckSpelling {
      words = List.copyOf(words);
    }
  }

  /// Adds a word to the user's dictionary.
  record LearnWord(String word) implements Request {}

  /// Opens a link in the desktop's browser.
  record OpenLink(String link) implements Request {}

  /// Copies a text to the clipboard.
  record Copy(String text) implements Request {}

  record Title(String text) implements Request {}
}
