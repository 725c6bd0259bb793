package kith.node.core.session;

import java.util.Optional;
import kith.node.core.account.Account;
import kith.node.core.relay.RoomRelay;
import kith.node.core.room.Counts;
import kith.node.privacy.Relations;
import kith.protocol.frame.ClientFrame;

/// A feature's part of a session: handles the feature's commands and frames, and events of the
/// session. A session creates all parts once, in the order in which the features are listed, when
/// its account has accepted it.
public interface SessionPart {
  /// The client has been sent its `welcome`. Rooms that it resumes are opened after this.
  default void begin(Account.Attached attached) {}

  /// The account has accepted this session again: it was restarted or moved, and has possibly lost
  /// the last messages sent to it, or the session was not complete.
  default void accountChanged(Account.Attached attached) {}

  default void relationsChanged(Relations before, Relations now) {}

  default void fromAccount(Account.PartWord word) {}

  /// False while the part waits for messages of the account that follow its answer. The session
  /// attaches again until all parts are complete.
  default boolean isComplete() {
    return true;
  }

  /// The relay of a room has admitted the session: for the first time, or again after the previous
  /// relay ended.
  default void opened(String room) {}

  /// A room is not open on this socket any more, or could not be opened.
  default void left(String room) {}

  default void fromRelay(RoomRelay.PartWord word) {}

  /// A user has become a member of an open room.
  default void arrived(String room, String user) {}

  /// A user is no longer a member of an open room.
  default void departed(String room, String user) {}

  /// A message of this client was accepted.
  ///
  /// @param counts the room's counters at this message
  default void posted(String room, long seq, Counts counts) {}

  /// The client has sent a frame of any kind. Called before the frame is handled.
  default void received(ClientFrame frame) {}

  /// The reason to refuse the client's posts at present, if there is one.
  default Optional<Objection> objectionToPosts() {
    return Optional.empty();
  }

  /// True if the others in a room should not notice this client, as when it types.
  default boolean isSilenced(String room) {
    return false;
  }

  /// The socket takes more again: frames that could not be sent before are sent now.
  default void drained() {}

  /// The session ends; the socket may already have ended.
  default void ends() {}

  /// A part with commands of its own.
  ///
  /// @param <C> a sealed interface that lists them
  interface WithCommands<C extends Session.PartCommand> extends SessionPart {
    void on(C command);
  }

  /// A part that is the only one to answer its frames.
  ///
  /// @param <F> the sealed interface that lists them, or the only frame
  interface WithFrames<F extends ClientFrame.OfFeature> extends SessionPart {
    void on(F frame);
  }

  /// Creates the part of one session. It may use parts of features that are listed before its own:
  /// see [SessionHost#part].
  interface Factory {
    /// @param hello the client's first frame
    SessionPart create(SessionHost host, ClientFrame.Hello hello);

    /// The commands of a part [WithCommands], all of which go to it and to no other part.
    default Optional<Class<? extends Session.PartCommand>> commands() {
      return Optional.empty();
    }

    /// The frames of a part [WithFrames].
    default Optional<Class<? extends ClientFrame.OfFeature>> frames() {
      return Optional.empty();
    }
  }
}
