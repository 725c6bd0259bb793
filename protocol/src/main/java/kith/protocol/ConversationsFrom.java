package kith.protocol;

/// The users who may begin a conversation with an account. Others can send a request.
public enum ConversationsFrom {
  EVERYONE,
  /// Users who share a room with the account, and its contacts.
  ROOMS,
  CONTACTS
}
