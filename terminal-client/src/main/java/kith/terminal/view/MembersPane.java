package kith.terminal.view;

import java.util.Comparator;
import kith.protocol.Role;
import kith.protocol.rest.RoomAnswers.Member;
import kith.terminal.layout.Panes;
import kith.terminal.layout.Tone;
import kith.terminal.model.Model;
import kith.terminal.plain.Safe;

/// The members of the current room: owners, moderators, then the others.
final class MembersPane {
  private MembersPane() {}

  static void draw(Brush brush, Model model, Panes panes) {
    int left = panes.membersLeft();
    int columns = panes.members();
    var members =
        model.here().stream()
            .flatMap(room -> room.members().stream())
            .sorted(Comparator.comparing(Member::role).reversed().thenComparing(Member::user))
            .toList();
    brush.bar(left, 0, columns, " Members " + members.size(), Tone.BAR);
    for (int index = 0; index < Math.min(members.size(), panes.bodyRows()); index++) {
      var member = members.get(index);
      brush.text(
          left,
          index + 1,
          columns,
          " " + mark(member.role()) + Safe.line(member.user()),
          Tone.PLAIN);
    }
    if (members.size() > panes.bodyRows()) {
      int more = members.size() - panes.bodyRows() + 1;
      brush.bar(left, panes.bodyRows(), columns, " and " + more + " more", Tone.QUIET);
    }
  }

  private static String mark(Role role) {
    return switch (role) {
      case OWNER -> "★ ";
      case MODERATOR -> "+ ";
      case MEMBER -> "  ";
    };
  }
}
