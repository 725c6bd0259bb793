package kith.terminal.plain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.Role;
import kith.protocol.Status;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Notifications.QuietHours;
import kith.protocol.rest.RoomRequests;

/// A parsed input line.
public sealed interface InputLine {

  record Nothing() implements InputLine {}

  record Say(String text) implements InputLine {}

  /// Something that the user does, in the third person: `waves`.
  record Act(String text) implements InputLine {

    /// The text of the message: `*ann waves*`, because the protocol has no such messages.
    public String body(String user) {
      return "*" + user + " " + text + "*";
    }
  }

  /// Invalid; the sentence shows the correct usage.
  record Wrong(String sentence) implements InputLine {}

  record Help() implements InputLine {}

  record Rooms() implements InputLine {}

  record Create(String name, Optional<String> passcode, boolean hidden, OptionalInt capacity)
      implements InputLine {}

  record Join(String what, Optional<String> passcode) implements InputLine {}

  /// Independent of the current room.
  sealed interface AboutUser extends InputLine {}

  /// Without a text, switches to the conversation.
  record Message(String user, Optional<String> text) implements AboutUser {}

  /// A command about contacts.
  sealed interface AboutContacts extends AboutUser {}

  /// @param note visible to this user only
  record Contact(ContactAction action, String user, Optional<String> note)
      implements AboutContacts {}

  enum ContactAction {
    ADD,
    ACCEPT,
    DECLINE,
    REMOVE
  }

  record Contacts() implements AboutContacts {}

  /// A command about requests to begin a conversation.
  sealed interface AboutRequests extends AboutUser {}

  record Requests() implements AboutRequests {}

  /// Declines the user's request, or withdraws the one to the user.
  record Decline(String user) implements AboutRequests {}

  record Block(String user, boolean is) implements AboutUser {}

  /// A command about the user's own requests to join rooms.
  sealed interface AboutJoins extends AboutUser {}

  /// Asks the moderators of a room, or changes the text of the request.
  record AskToJoin(String what, Optional<String> text) implements AboutJoins {}

  record WithdrawJoin(String what) implements AboutJoins {}

  record OwnJoins() implements AboutJoins {}

  /// A command about the user's own account, or the profile of another one.
  sealed interface AboutAccount extends AboutUser {}

  /// Shows the privacy settings of the account, after a change if there is one.
  record Privacy(Optional<Accounts.Privacy> change) implements AboutAccount {}

  /// Shows the account, after a change if there is one.
  record Account(Optional<Accounts.ChangeProfile> change) implements AboutAccount {}

  /// Shows whether the account has a second factor.
  record SecondFactor() implements AboutAccount {}

  record Profile(String user) implements AboutAccount {}

  /// Shows the picture that a user has uploaded.
  record ProfilePicture(String user) implements AboutAccount {}

  record Blocked() implements AboutAccount {}

  record Devices() implements AboutAccount {}

  /// Logs a device out.
  ///
  /// @param device absent for all other devices
  record EndDevice(Optional<String> device) implements AboutAccount {}

  /// Uploads a picture for the user's own profile.
  record UploadPicture(String path) implements AboutUser {}

  record ChangePassword() implements AboutUser {}

  /// The status that others see, on all devices.
  record ChooseStatus(Status status) implements AboutUser {}

  /// The rules for the user's notifications, on all devices.
  sealed interface AboutNotifications extends InputLine {}

  record ShowNotifications() implements AboutNotifications {}

  /// @param hours absent to remove them
  record Quiet(Optional<QuietHours> hours) implements AboutNotifications {}

  record ChooseKeywords(List<String> keywords) implements AboutNotifications {
    public ChooseKeywords {
      keywords = List.copyOf(keywords);
    }
  }

  record ChooseContents(NotificationContents contents) implements AboutNotifications {}

  /// @param minutes absent to be notified at once
  record ChooseAway(OptionalInt minutes) implements AboutNotifications {}

  /// The messages of the current room that cause notifications.
  record ChooseLevel(NotificationLevel level) implements AboutNotifications, AboutRoom {}

  /// A command about the current room.
  sealed interface AboutRoom extends InputLine {}

  record Leave() implements AboutRoom {}

  record Switch(String room) implements InputLine {}

  record Who() implements AboutRoom {}

  record History(int count) implements InputLine {}

  /// Searches in all rooms of the user.
  record Search(String query) implements InputLine {}

  record Reply(long seq, String text) implements InputLine {}

  record Edit(long seq, String text) implements InputLine {}

  record Redact(long seq, Optional<String> reason) implements InputLine {}

  /// Adds or removes a reaction.
  ///
  /// @param seq the message; if absent, the latest one by another user
  record React(OptionalLong seq, String emoji) implements InputLine {}

  /// @param is false to unpin it
  record Pin(long seq, boolean is) implements InputLine {}

  /// Lists the pinned messages of the room.
  record Pins() implements AboutRoom {}

  /// Bookmarks a message of the room for this user alone, or removes the bookmark.
  record Bookmark(long seq, boolean is, Optional<String> note) implements AboutRoom {}

  /// Lists the bookmarks of the user.
  record Bookmarks() implements InputLine {}

  /// Shows the thread of a message of the room.
  record Thread(long seq) implements AboutRoom {}

  /// Sends a file of this machine.
  record SendFile(String path) implements InputLine {}

  /// Saves the files of a message.
  record SaveFiles(long seq) implements InputLine {}

  /// Lists the threads that the user follows.
  record Threads() implements InputLine {}

  /// Makes and removes reminders of the user.
  sealed interface AboutReminders extends InputLine {}

  /// @param seq a message of the current room; absent without a message
  /// @param text present without a message
  record Remind(OptionalLong seq, ReminderTime time, Optional<String> text)
      implements AboutReminders {}

  record Unremind(String reminder) implements AboutReminders {}

  /// Moves a reminder, even one that is due, to another time.
  record Postpone(String reminder, ReminderTime time) implements AboutReminders {}

  /// Lists the reminders of the user.
  record Reminders() implements InputLine {}

  /// Follows the thread of a message, or unfollows it.
  ///
  /// @param seq absent for the thread on the screen
  record Follow(OptionalLong seq, boolean is) implements AboutRoom {}

  /// Reads or changes the room itself: its settings, invitations, bans and members.
  sealed interface Administration extends AboutRoom {}

  /// Shows the settings of the room, after a change if there is one.
  record Settings(Optional<RoomRequests.ChangeRoom> change) implements Administration {}

  record Topic(String text) implements Administration {}

  record Invite(OptionalInt uses, OptionalLong validMillis) implements Administration {}

  record Invitations() implements Administration {}

  record Revoke(String invitation) implements Administration {}

  record ChangeRole(String user, Role role) implements Administration {
    /// The name of a role as it is typed.
    public static String name(Role role) {
      return role.name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> role(String typed) {
      return Arrays.stream(Role.values())
          .filter(role -> role.name().equalsIgnoreCase(typed))
          .findFirst();
    }
  }

  record Kick(String user, Optional<String> reason) implements Administration {}

  /// @param millis the time for which the member cannot write
  record MuteMember(String user, long millis, Optional<String> reason) implements Administration {}

  record UnmuteMember(String user) implements Administration {}

  record Mutes() implements Administration {}

  /// The users who ask to join.
  record Joins() implements Administration {}

  record AcceptJoin(String user) implements Administration {}

  /// @param reason for the user who asks
  record DeclineJoin(String user, Optional<String> reason) implements Administration {}

  /// Reports a message to moderators and administrators.
  record ReportMessage(long seq, String reason) implements Administration {}

  /// The open reports.
  record Reports() implements Administration {}

  /// An open report with its messages.
  record ShowReport(String report) implements Administration {}

  /// @param what the act of the moderator
  record HandleReport(String report, String what) implements Administration {}

  record Ban(String user, Optional<String> reason) implements Administration {}

  record Unban(String user) implements Administration {}

  record Bans() implements Administration {}

  /// The earlier texts of an edited message.
  record Versions(long seq) implements Administration {}

  /// Lists the commands of bots.
  record Commands() implements Administration {}

  /// A command that this client does not have; a bot may.
  ///
  /// @param bot absent for any bot
  /// @param command its name in lower case, without the slash
  /// @param otherwise the sentence for the user if no bot has it
  record Call(Optional<String> bot, String command, String text, String otherwise)
      implements AboutRoom {}

  /// @param name repeats the name of the room as a confirmation
  record DeleteRoom(Optional<String> name) implements AboutRoom {}

  /// A command that the full screen executes in its own way, with the selected message and lists.
  sealed interface InLines extends InputLine {}

  /// Lists the rooms with unread messages.
  record ListUnread() implements InLines {}

  /// Marks the current room as unread from this message on.
  record MarkUnread(long seq) implements InLines {}

  /// Marks all rooms as read.
  record ReadAll() implements InLines {}

  /// Prints from the first unread message of the room on.
  record ToUnread() implements InLines {}

  /// Prints the latest message of the room.
  record Latest() implements InLines {}

  /// Prints the messages of the room that contain a text.
  record Find(String text) implements InLines {}

  /// Prints the entries of a day.
  ///
  /// @param day as the user typed it
  record GoToDay(String day) implements InLines {}

  record Members() implements InLines {}

  /// Prints a code block.
  ///
  /// @param seq absent for the latest message with one
  /// @param number absent for the last one of the message
  record Code(OptionalLong seq, OptionalInt number) implements InLines {}

  /// Opens a link or a file of a message.
  ///
  /// @param seq absent for the latest message with a link or a file
  record Open(OptionalLong seq) implements InLines {}

  /// Sends the oldest refused post of the room again.
  record Retry() implements InLines {}

  /// Drops the oldest refused post of the room.
  record Drop() implements InLines {}

  /// Mutes the current room for the user, or ends that.
  record MuteRoom() implements InLines {}

  /// Sorts the rooms automatically.
  record SortRooms() implements InLines {}

  /// Moves a room to a place in the list, which makes the order a manual one.
  ///
  /// @param place 1 for the first
  record PlaceRoom(String room, int place) implements InLines {}

  /// Writes a message in the user's editor.
  ///
  /// @param text with which the editor begins
  record Compose(String text) implements InLines {}

  record ListServers() implements InLines {}

  record ShowServer(String name) implements InLines {}

  /// @param user absent to be asked for
  record AddServer(String address, Optional<String> user) implements InLines {}

  record ShowSettings() implements InLines {}

  /// Only the full screen has this command.
  ///
  /// @param sentence the reason, and a command that does the same in lines
  record OnScreen(String sentence) implements InLines {}

  /// A command of server administrators.
  sealed interface AboutServer extends InputLine {}

  record ShowMaintenance() implements AboutServer {}

  /// @param query a part of a name or an address; may be empty
  record ListAccounts(String query) implements AboutServer {}

  /// @param query a part of a name, or an id; may be empty
  record ListAllRooms(String query) implements AboutServer {}

  record ListNetworkBans() implements AboutServer {}

  record ListAnnouncements() implements AboutServer {}

  record ShowAccount(String user) implements AboutServer {}

  record DisableAccount(String user, boolean is) implements AboutServer {}

  record EndDevicesOf(String user) implements AboutServer {}

  /// Makes a code with which the user sets a new password.
  record ResetPasswordOf(String user) implements AboutServer {}

  record TakeOver(String room, String user) implements AboutServer {}

  record ArchiveRoom(String room, String name, boolean is) implements AboutServer {}

  record DeleteAnyRoom(String room, String name) implements AboutServer {}

  record BanNetwork(String network, Optional<String> reason) implements AboutServer {}

  record UnbanNetwork(String network) implements AboutServer {}

  record Announce(String text) implements AboutServer {}

  record Withdraw(long number) implements AboutServer {}

  /// @param message the sentence for users
  record Maintain(boolean on, Optional<String> message) implements AboutServer {}

  /// @param everywhere on all devices of the account
  record LogOut(boolean everywhere) implements InputLine {}

  record Quit() implements InputLine {}
}
