package kith.terminal.update;

import java.util.Optional;
import kith.protocol.Code;
import kith.terminal.keys.Action;
import kith.terminal.layout.Graphemes;
import kith.terminal.model.Form;

/// Handles keys and refusals in the login form.
final class FormActions {
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_CHARS = 1_024;

  private FormActions() {}

  static Form typed(Form form, String text) {
    if (form.isBusy()) return form;
    var line = text.replaceAll("\\R.*", "");
    var longer = form.text(form.focus()) + line;
    return longer.length() > MAX_CHARS ? form : form.typed(longer);
  }

  static void act(StepBuilder step, Form form, Action action) {
    var changed =
        switch (action) {
          case COMPLETE, DOWN -> form.focused(form.focus() + 1);
          case FIELD_BACK, UP -> form.focused(form.focus() - 1);
          case BACKSPACE -> form.typed(withoutLast(form.text(form.focus())));
          case DELETE_TO_START, DELETE_WORD -> form.typed("");
          case THEME, HELP -> form;
          case PALETTE, ROOM_AFTER, ROOM_BEFORE -> form.switched();
          case SEND -> submit(step, form);
          default -> form;
        };
    step.form = Optional.of(changed);
    if (action == Action.INTERRUPT || action == Action.CANCEL) step.isOver = true;
  }

  private static String withoutLast(String text) {
    var graphemes = Graphemes.of(text);
    return graphemes.isEmpty() ? "" : String.join("", graphemes.subList(0, graphemes.size() - 1));
  }

  private static Form submit(StepBuilder step, Form form) {
    if (form.isBusy()) return form;
    if (form.focus() < form.shown().size() - 1 && form.text(form.focus() + 1).isEmpty()) {
      return form.focused(form.focus() + 1);
    }
    if (form.text(Form.USER).isBlank()) return form.withError(Form.USER, "Enter a user name.");
    var password = form.text(Form.PASSWORD);
    if (password.isEmpty()) return form.withError(Form.PASSWORD, "Enter a password.");
    if (form.isSignUp()) {
      if (password.codePointCount(0, password.length()) < MIN_PASSWORD) {
        return form.withError(Form.PASSWORD, Code.PASSWORD_TOO_SHORT.sentence());
      }
      if (!password.equals(form.text(Form.AGAIN))) {
        return form.focused(Form.AGAIN).typed("").withError(Form.AGAIN, "The passwords differ.");
      }
    }
    step.request(
        new Request.LogIn(
            form.text(Form.SERVER).strip(),
            form.text(Form.USER).strip(),
            password,
            form.isSignUp()));
    return form.busy(true);
  }

  static Form onRefused(Form form, String code, String sentence) {
    if (code.startsWith("password-")) return form.withError(Form.PASSWORD, sentence);
    if (code.equals(Code.WRONG_CREDENTIALS.wire())) return form.withError(Form.PASSWORD, sentence);
    if (code.equals("unreachable")) return form.withError(Form.SERVER, sentence);
    return form.withError(Form.USER, sentence);
  }
}
