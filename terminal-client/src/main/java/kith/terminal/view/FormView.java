package kith.terminal.view;

import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.layout.Graphemes;
import kith.terminal.layout.Tone;
import kith.terminal.layout.Wrap;
import kith.terminal.model.Form;
import kith.terminal.model.Model;
import kith.terminal.plain.Sanitizer;

/// The form to sign up or log in, or to change the password.
final class FormView {
  private static final int LABEL = 12;

  private FormView() {}

  static void draw(Brush brush, Model model, Form form) {
    var map = model.settings().keys();
    if (form.kind() == Form.Kind.APPROVAL && form.signIn().isPresent()) {
      ApprovalView.draw(brush, form.signIn().get(), map);
      return;
    }
    var size = brush.canvas().size();
    int columns = Math.min(size.columns(), 64);
    int left = (size.columns() - columns) / 2;
    int fields = form.shown().size();
    int further = form.providers().size() + (form.problem().isEmpty() ? 0 : 2);
    int rows = 3 + 2 * fields + further + 2;
    int top = Math.max(0, (size.rows() - rows) / 2);
    boolean isTight = size.rows() < rows;
    int step = isTight ? 1 : 2;
    brush.box(left, top, columns, Math.min(rows, size.rows()), title(form));
    int row = top + (isTight ? 1 : 2);
    for (int index = 0; index < form.shown().size(); index++) {
      field(brush, form, index, left + 2, row + index * step, columns - 4);
    }
    int last = Math.min(top + rows, size.rows()) - 2;
    int below = row + fields * step;
    int space = last - below - (form.problem().isEmpty() ? 0 : 2);
    providers(brush, form, left + 2, below, columns - 4, space);
    if (!form.problem().isEmpty()) {
      var problem = Wrap.rows(Sanitizer.line(form.problem()), Tone.ERROR, columns - 4);
      for (int line = 0; line < Math.min(2, problem.size()); line++)
        brush.row(left + 2, last - 2 + line, columns - 4, problem.get(line));
    }
    var keys =
        form.isBusy()
            ? "please wait …"
            : map.hint(Action.SEND) + " continues · " + others(form, map, leaves(model, map));
    brush.text(left + 2, last, columns - 4, keys, Tone.QUIET);
  }

  /// As many as fit, with the focused one among them.
  private static void providers(Brush brush, Form form, int left, int top, int columns, int rows) {
    var all = form.providers();
    int focused = form.focus() - form.shown().size();
    if (rows <= 0) return;
    int first = Math.max(0, Math.min(focused - rows + 1, all.size() - rows));
    for (int index = first; index < Math.min(all.size(), first + rows); index++) {
      boolean hasFocus = index == focused;
      var text = " Sign in with " + Sanitizer.line(all.get(index).name()) + " ";
      int width = Math.min(columns, Graphemes.columns(text));
      brush.bar(left, top + index - first, width, text, hasFocus ? Tone.CHOSEN : Tone.PLAIN);
      if (hasFocus) brush.canvas().noCursor();
    }
  }

  private static String title(Form form) {
    return switch (form.kind()) {
      case SIGN_UP -> "Kith: sign up";
      case LOG_IN -> "Kith: log in";
      case SECOND_FACTOR -> "Kith: the code of your app, or a recovery code";
      case NEW_PASSWORD -> "Change the password; your other devices are logged out";
      case PROVIDERS, APPROVAL -> "Kith: sign in";
      case NAME -> "Kith: a user name for your new account";
    };
  }

  private static String others(Form form, Keymap map, String leaves) {
    return switch (form.kind()) {
      case SIGN_UP -> other(map) + ": log in instead · " + leaves;
      case LOG_IN -> other(map) + ": sign up instead · " + leaves;
      case SECOND_FACTOR -> other(map) + ": back · " + leaves;
      case NEW_PASSWORD -> map.hint(Action.CANCEL) + " cancels";
      case PROVIDERS -> leaves;
      case NAME, APPROVAL -> map.hint(Action.CANCEL) + " cancels · " + leaves;
    };
  }

  /// If the window has other servers, Escape shows one of them again.
  private static String leaves(Model model, Keymap map) {
    return map.hint(Action.INTERRUPT) + (model.servers().isEmpty() ? " quits" : " goes back");
  }

  private static String other(Keymap map) {
    return map.hint(Action.PALETTE);
  }

  private static void field(Brush brush, Form form, int index, int left, int row, int columns) {
    var field = form.shown().get(index);
    boolean hasFocus = index == form.focus();
    brush.text(left, row, LABEL, field.label(), hasFocus ? Tone.STRONG : Tone.PLAIN);
    int room = field.error().isEmpty() ? columns - LABEL : (columns - LABEL) / 2;
    var text =
        field.isSecret()
            ? "•".repeat(Graphemes.of(field.text()).size())
            : Sanitizer.line(field.text());
    var tail = tail(text, room - 1);
    brush.bar(left + LABEL, row, room, tail, Tone.BAR);
    int behind = left + LABEL + room + 1;
    if (!field.error().isEmpty()) {
      int space = left + columns - behind;
      var error = Sanitizer.line(field.error());
      if (Graphemes.columns(error) <= space) brush.text(behind, row, space, error, Tone.ERROR);
      else brush.text(left + LABEL, row + 1, columns - LABEL, error, Tone.ERROR);
    }
    if (hasFocus) brush.canvas().cursorAt(left + LABEL + Graphemes.columns(tail), row);
  }

  private static String tail(String text, int columns) {
    var graphemes = Graphemes.of(text);
    int from = graphemes.size();
    int used = 0;
    while (from > 0 && used + Graphemes.width(graphemes.get(from - 1)) <= columns) {
      used += Graphemes.width(graphemes.get(--from));
    }
    return String.join("", graphemes.subList(from, graphemes.size()));
  }
}
