package kith.protocol.json;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// The names of the types on the wire.
final class Mixins {
  private Mixins() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @Type(value = ClientFrame.Hello.class, name = "hello"),
    @Type(value = ClientFrame.Open.class, name = "open"),
    @Type(value = ClientFrame.Close.class, name = "close"),
    @Type(value = ClientFrame.Send.class, name = "send"),
    @Type(value = ClientFrame.Edit.class, name = "edit"),
    @Type(value = ClientFrame.Redact.class, name = "redact"),
    @Type(value = ClientFrame.React.class, name = "react"),
    @Type(value = ClientFrame.Pin.class, name = "pin"),
    @Type(value = ClientFrame.History.class, name = "history"),
    @Type(value = ClientFrame.Read.class, name = "read"),
    @Type(value = ClientFrame.Unread.class, name = "unread"),
    @Type(value = ClientFrame.Watch.class, name = "watch"),
    @Type(value = ClientFrame.ChangeStatus.class, name = "status"),
    @Type(value = ClientFrame.Typing.class, name = "typing"),
    @Type(value = ClientFrame.Delivered.class, name = "delivered"),
    @Type(value = ClientFrame.Receipts.class, name = "receipts"),
    @Type(value = ClientFrame.Ping.class, name = "ping"),
  })
  interface OfClientFrame {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @Type(value = ServerFrame.Welcome.class, name = "welcome"),
    @Type(value = ServerFrame.Entries.class, name = "entries"),
    @Type(value = ServerFrame.Complete.class, name = "complete"),
    @Type(value = ServerFrame.Gap.class, name = "gap"),
    @Type(value = ServerFrame.Ack.class, name = "ack"),
    @Type(value = ServerFrame.Page.class, name = "page"),
    @Type(value = ServerFrame.Closed.class, name = "closed"),
    @Type(value = ServerFrame.Problem.class, name = "error"),
    @Type(value = ServerFrame.Inbox.class, name = "inbox"),
    @Type(value = ServerFrame.Thread.class, name = "thread"),
    @Type(value = ServerFrame.Reminder.class, name = "reminder"),
    @Type(value = ServerFrame.Presence.class, name = "presence"),
    @Type(value = ServerFrame.Typing.class, name = "typing"),
    @Type(value = ServerFrame.Notices.class, name = "notices"),
    @Type(value = ServerFrame.JoinRequests.class, name = "join-requests"),
    @Type(value = ServerFrame.Moderation.class, name = "moderation"),
    @Type(value = ServerFrame.Contacts.class, name = "contacts"),
    @Type(value = ServerFrame.Requests.class, name = "requests"),
    @Type(value = ServerFrame.Receipts.class, name = "receipts"),
    @Type(value = ServerFrame.Call.class, name = "call"),
    @Type(value = ServerFrame.Answer.class, name = "answer"),
    @Type(value = ServerFrame.Pong.class, name = "pong"),
    @Type(value = ServerFrame.Goodbye.class, name = "goodbye"),
  })
  interface OfServerFrame {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = Entry.Unknown.class)
  @JsonSubTypes({
    @Type(value = Entry.Created.class, name = "created"),
    @Type(value = Entry.Message.class, name = "message"),
    @Type(value = Entry.Edited.class, name = "edited"),
    @Type(value = Entry.Redacted.class, name = "redacted"),
    @Type(value = Entry.Reacted.class, name = "reacted"),
    @Type(value = Entry.Pinned.class, name = "pinned"),
    @Type(value = Entry.Joined.class, name = "joined"),
    @Type(value = Entry.Left.class, name = "left"),
    @Type(value = Entry.Kicked.class, name = "kicked"),
    @Type(value = Entry.Banned.class, name = "banned"),
    @Type(value = Entry.Unbanned.class, name = "unbanned"),
    @Type(value = Entry.RoleChanged.class, name = "role"),
    @Type(value = Entry.SettingsChanged.class, name = "settings"),
    @Type(value = Entry.Invited.class, name = "invited"),
    @Type(value = Entry.InvitationRevoked.class, name = "invitation-revoked"),
    @Type(value = Entry.Deleted.class, name = "deleted"),
    @Type(value = Entry.Truncated.class, name = "truncated"),
    @Type(value = Entry.Hidden.class, name = "hidden"),
  })
  interface OfEntry {}

  @EnumNaming(EnumNamingStrategies.LowerCamelCaseStrategy.class)
  interface OfEnum {}
}
