package kith.terminal.update;

import java.util.Optional;
import kith.protocol.Code;
import kith.terminal.keys.Action;
import kith.terminal.layout.Graphemes;
import kith.terminal.model.Form;
import kith.terminal.model.Overlay;

/// Handles keys and refusals in the forms.
final class FormActions {
  private static final int MIN_PASSWORD = 8;
  private static final int MAX_CHARS = 1_024;

  private FormActions() {}

  static Form typed(Form form, String text) {
    if (form.isBusy() || form.focus() >= form.shown().size()) return form;
    var line = text.replaceAll("\\R.*", "");
    var longer = form.text(form.focus()) + line;
    return longer.length() > MAX_CHARS ? form : form.typed(longer);
  }

  static void act(StepBuilder step, Form form, Action action) {
    if (form.signIn().isPresent() && form.kind() == Form.Kind.APPROVAL) {
      SignInActions.act(step, form, form.signIn().get(), action);
      return;
    }
    if (form.kind() == Form.Kind.NAME && action == Action.CANCEL) {
      SignInActions.cancel(step, form);
      return;
    }
    var changed =
        switch (action) {
          case PALETTE, ROOM_AFTER, ROOM_BEFORE -> form.switched();
          case SEND -> submit(step, form);
          default -> edited(form, action);
        };
    step.form = Optional.of(changed);
    SignInActions.leftServer(step, form, changed);
    if (action == Action.INTERRUPT || action == Action.CANCEL) ServerActions.leaveForm(step);
  }

  private static Form edited(Form form, Action action) {
    boolean isText = form.focus() < form.shown().size();
    return switch (action) {
      case COMPLETE, DOWN -> form.focused(form.focus() + 1);
      case FIELD_BACK, UP -> form.focused(form.focus() - 1);
      case BACKSPACE -> isText ? form.typed(withoutLast(form.text(form.focus()))) : form;
      case DELETE_TO_START, DELETE_WORD -> isText ? form.typed("") : form;
      default -> form;
    };
  }

  private static String withoutLast(String text) {
    var graphemes = Graphemes.of(text);
    return graphemes.isEmpty() ? "" : String.join("", graphemes.subList(0, graphemes.size() - 1));
  }

  private static Form submit(StepBuilder step, Form form) {
    if (form.isBusy()) return form;
    if (form.kind() == Form.Kind.SECOND_FACTOR) return submitCode(step, form);
    if (form.kind() == Form.Kind.NAME) return SignInActions.submitName(step, form);
    var provider = form.provider();
    if (provider.isPresent()) return SignInActions.begin(step, form, provider.get());
    if (form.kind() == Form.Kind.PROVIDERS) return form.focused(form.focus() + 1);
    if (form.focus() < form.shown().size() - 1 && form.text(form.focus() + 1).isEmpty()) {
      return form.focused(form.focus() + 1);
    }
    if (form.text(Form.USER).isBlank()) return form.withError(Form.USER, "Enter a user name.");
    var password = form.text(Form.PASSWORD);
    if (password.isEmpty()) return form.withError(Form.PASSWORD, "Enter a password.");
    if (form.isSignUp()) {
      var wrong = wrongNewPassword(form);
      if (wrong.isPresent()) return wrong.get();
    }
    step.request(
        new Request.LogIn(
            form.text(Form.SERVER).strip(),
            form.text(Form.USER).strip(),
            password,
            form.isSignUp()));
    return form.busy(true);
  }

  private static Form submitCode(StepBuilder step, Form form) {
    var code = form.text(Form.CODE).strip();
    if (code.isEmpty())
      return form.withError(Form.CODE, "Enter the code of your app, or a recovery code.");
    step.request(new Request.SecondFactor(code));
    return form.busy(true);
  }

  /// The form with an error if the new password cannot be used.
  private static Optional<Form> wrongNewPassword(Form form) {
    var password = form.text(Form.PASSWORD);
    if (password.codePointCount(0, password.length()) < MIN_PASSWORD) {
      return Optional.of(form.withError(Form.PASSWORD, Code.PASSWORD_TOO_SHORT.sentence()));
    }
    return password.equals(form.text(Form.AGAIN))
        ? Optional.empty()
        : Optional.of(
            form.focused(Form.AGAIN).typed("").withError(Form.AGAIN, "The passwords differ."));
  }

  /// Handles keys in the form that changes the password.
  static void changePassword(StepBuilder step, Form form, Action action) {
    switch (action) {
      case CANCEL, INTERRUPT -> step.overlay = new Overlay.None();
      case SEND -> step.overlay = new Overlay.ChangePassword(submitNewPassword(step, form));
      case COMPLETE, DOWN, FIELD_BACK, UP, BACKSPACE, DELETE_TO_START, DELETE_WORD ->
          step.overlay = new Overlay.ChangePassword(edited(form, action));
      default -> {}
    }
  }

  private static Form submitNewPassword(StepBuilder step, Form form) {
    if (form.isBusy()) return form;
    if (form.focus() < Form.AGAIN && form.text(form.focus() + 1).isEmpty())
      return form.focused(form.focus() + 1);
    if (form.text(Form.CURRENT).isEmpty())
      return form.withError(Form.CURRENT, "Enter your password.");
    var wrong = wrongNewPassword(form);
    if (wrong.isPresent()) return wrong.get();
    step.request(new Request.ChangePassword(form.text(Form.CURRENT), form.text(Form.PASSWORD)));
    return form.busy(true);
  }

  static void passwordRefused(StepBuilder step, String code, String sentence) {
    if (!(step.overlay instanceof Overlay.ChangePassword(var form))) {
      step.error(sentence);
      return;
    }
    boolean isNew = code.startsWith("password-");
    step.overlay =
        new Overlay.ChangePassword(form.withError(isNew ? Form.PASSWORD : Form.CURRENT, sentence));
  }

  static Form onRefused(Form form, String code, String sentence) {
    if (form.kind() == Form.Kind.APPROVAL)
      // a browser that could not be opened
      return form.signIn().map(it -> form.waitingFor(it.withProblem(sentence))).orElse(form);
    if (form.kind() == Form.Kind.PROVIDERS || form.provider().isPresent())
      return form.withProblem(sentence);
    if (form.kind() == Form.Kind.SECOND_FACTOR)
      return code.equals(Code.TICKET_EXPIRED.wire())
          ? form.switched().withError(Form.PASSWORD, sentence)
          : form.typed("").withError(Form.CODE, sentence);
    if (code.equals(Code.PASSWORDS_OFF.wire()))
      return form.focused(form.shown().size()).withProblem(sentence);
    if (code.equals(Code.SECOND_FACTOR_REQUIRED.wire())) return form.ofSecondFactor();
    if (code.startsWith("password-")) return form.withError(Form.PASSWORD, sentence);
    if (code.equals(Code.WRONG_CREDENTIALS.wire())) return form.withError(Form.PASSWORD, sentence);
    if (code.equals("unreachable")) return form.withError(Form.SERVER, sentence);
    return form.withError(Form.USER, sentence);
  }
}
