package kith.terminal.view;

import java.util.List;
import kith.protocol.Role;
import kith.protocol.Status;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.model.Room;
import kith.terminal.plain.Sanitizer;

/// The members of the current room: owners, moderators, then the others.
final class MembersPane {
  private MembersPane() {}

  static void draw(Brush brush, Model model, Panes panes) {
    int left = panes.membersLeft();
    int columns = panes.members();
    var members = model.currentRoom().map(Room::members).orElse(List.of());
    brush.bar(left, 0, columns, " Members " + members.size(), Tone.BAR);
    for (int index = 0; index < Math.min(members.size(), panes.bodyRows()); index++) {
      var member = members.get(index);
      var where = model.presence().of(member.user());
      var name = " " + Sanitizer.line(member.user()) + mark(member);
      boolean isAway = where.filter(it -> it.status() == Status.OFFLINE).isPresent();
      brush.text(left + 1, index + 1, 1, PresenceMark.mark(where), PresenceMark.tone(where));
      brush.text(left + 2, index + 1, columns - 2, name, isAway ? Tone.QUIET : Tone.PLAIN);
    }
    if (members.size() > panes.bodyRows()) {
      int more = members.size() - panes.bodyRows() + 1;
      brush.bar(left, panes.bodyRows(), columns, " and " + more + " more", Tone.QUIET);
    }
  }

  private static String mark(Member member) {
    return (member.botOf().isPresent() ? " ⚙" : "") + mark(member.role());
  }

  private static String mark(Role role) {
    return switch (role) {
      case OWNER -> " ★";
      case MODERATOR -> " +";
      case MEMBER -> "";
    };
  }
}
