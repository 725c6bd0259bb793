package kith.terminal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The form to sign up or log in, in one or two steps, or to change the password.
///
/// @param focus the index of the focused field
/// @param isBusy the server's answer is pending
public record Form(Kind kind, List<Field> fields, int focus, boolean isBusy) {
  public static final int SERVER = 0;
  public static final int USER = 1;

  /// In a change of the password, the current one.
  public static final int CURRENT = 1;

  /// The code of a second factor.
  public static final int CODE = 1;

  public static final int PASSWORD = 2;
  public static final int AGAIN = 3;

  public enum Kind {
    SIGN_UP,
    LOG_IN,

    /// The second step of a log-in.
    SECOND_FACTOR,
    NEW_PASSWORD
  }

  /// @param error shown beside the field; empty if there is none
  public record Field(String label, String text, boolean isSecret, String error) {
    Field with(String newText) {
      return new Field(label, newText, isSecret, "");
    }

    Field withError(String why) {
      return new Field(label, text, isSecret, why);
    }
  }

  public Form {
    fields = List.copyOf(fields);
  }

  public static Form of(String server) {
    return new Form(
        Kind.SIGN_UP,
        List.of(
            new Field("Server", server, false, ""),
            new Field("User name", "", false, ""),
            new Field("Password", "", true, ""),
            new Field("Once more", "", true, "")),
        USER,
        false);
  }

  /// To change the password of this user, who is shown and cannot be changed.
  public static Form ofNewPassword(String user) {
    return new Form(
        Kind.NEW_PASSWORD,
        List.of(
            new Field("User name", user, false, ""),
            new Field("Current", "", true, ""),
            new Field("New", "", true, ""),
            new Field("Once more", "", true, "")),
        CURRENT,
        false);
  }

  /// The second step: asks for a code.
  public Form ofSecondFactor() {
    return new Form(
        Kind.SECOND_FACTOR,
        List.of(
            new Field("User name", text(USER), false, ""),
            new Field("Code", "", false, ""),
            // not shown, for the way back
            new Field("Server", text(SERVER), false, "")),
        CODE,
        false);
  }

  private Form logInAgain() {
    var empty = Form.of(text(PASSWORD)).switched();
    return empty.with(USER, empty.fields.get(USER).with(text(SERVER))).focused(PASSWORD);
  }

  public boolean isSignUp() {
    return kind == Kind.SIGN_UP;
  }

  /// A login has no field for a repeated password.
  public List<Field> shown() {
    return switch (kind) {
      case LOG_IN -> fields.subList(0, AGAIN);
      case SECOND_FACTOR -> fields.subList(0, PASSWORD);
      case SIGN_UP, NEW_PASSWORD -> fields;
    };
  }

  public String text(int field) {
    return fields.get(field).text();
  }

  private Form with(int index, Field field) {
    var changed = new ArrayList<>(fields);
    changed.set(index, field);
    return new Form(kind, changed, focus, isBusy);
  }

  public Form typed(String text) {
    return with(focus, fields.get(focus).with(text));
  }

  public Form withError(int field, String why) {
    return with(field, fields.get(field).withError(why)).focused(field).busy(false);
  }

  public Form focused(int field) {
    int next = Math.floorMod(field, shown().size());
    boolean hasName = kind == Kind.NEW_PASSWORD || kind == Kind.SECOND_FACTOR;
    if (hasName && next == 0) next = field < focus ? shown().size() - 1 : CURRENT;
    return new Form(kind, fields, next, isBusy);
  }

  public Form busy(boolean is) {
    return new Form(kind, fields, focus, is);
  }

  public Form switched() {
    if (kind == Kind.SECOND_FACTOR) return logInAgain();
    // an error about a new password may not apply to an existing one
    var clean = fields.stream().map(field -> field.with(field.text())).toList();
    var other = isSignUp() ? Kind.LOG_IN : Kind.SIGN_UP;
    return new Form(other, clean, Math.min(focus, PASSWORD), isBusy);
  }

  /// Omits the passwords.
  @Override
  public String toString() {
    return "Form[" + Collections.nCopies(fields.size(), "…") + "]";
  }
}
