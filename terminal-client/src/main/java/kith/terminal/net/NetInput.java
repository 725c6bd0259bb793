package kith.terminal.net;

import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;

/// Everything that can happen to a session: what the person wants, what the network does, time.
///
/// `socket` numbers the sockets of a session, so that what a dead one still says is not mistaken
/// for the living one's.
public sealed interface NetInput {

  /// What the client's user wants.
  sealed interface Command extends NetInput {}

  record Start() implements Command {}

  /// Keep this room open. With `after` everything later than that, else what comes from now on.
  record Open(String room, OptionalLong after) implements Command {}

  record Close(String room) implements Command {}

  record Post(ClientFrame.Post post) implements Command {}

  record History(ClientFrame.History question) implements Command {}

  /// Somebody has read a room up to `seq`.
  record Read(String room, long seq) implements Command {}

  /// Somebody wants to read a room again from `seq` on.
  record Unread(String room, long seq) implements Command {}

  /// These people are on the screen now.
  record Watch(ClientFrame.Watch whom) implements Command {}

  /// Somebody writes something into a room just now.
  record Typing(String room) implements Command {}

  /// How many have a message is to be told.
  record CountReceipts(String room, long seq) implements Command {}

  /// Whether nobody has touched a key for long.
  record Idle(boolean is) implements Command {}

  /// Somebody is there and does not want to wait for a long pause to end.
  record Wake() implements Command {}

  record Stop() implements Command {}

  /// The post is on disk: from now on it may be tried.
  record Stored(ClientFrame.Post post) implements NetInput {}

  record NotStored(ClientFrame.Post post, String reason) implements NetInput {}

  record TokenGiven(String token) implements NetInput {}

  record TokenRefused(String code, String message) implements NetInput {}

  record TokenUnreachable(String reason) implements NetInput {}

  record Connected(long socket) implements NetInput {}

  record Received(long socket, ServerFrame frame) implements NetInput {}

  /// Something came that is no frame of ours, a ping or an unknown type: the node is alive.
  record Heard(long socket) implements NetInput {}

  /// The socket is gone, or never came to be.
  ///
  /// @param closeCode of WebSocket; absent when the connection broke
  record Lost(long socket, OptionalLong closeCode, String reason) implements NetInput {}

  record Tick() implements NetInput {}
}
