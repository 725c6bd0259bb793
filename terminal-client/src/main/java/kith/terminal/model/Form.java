package kith.terminal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The sign-up and login form.
///
/// @param focus the index of the focused field
/// @param isBusy the server's answer is pending
public record Form(boolean isSignUp, List<Field> fields, int focus, boolean isBusy) {
  public static final int SERVER = 0;
  public static final int USER = 1;
  public static final int PASSWORD = 2;
  public static final int AGAIN = 3;

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
        true,
        List.of(
            new Field("Server", server, false, ""),
            new Field("User name", "", false, ""),
            new Field("Password", "", true, ""),
            new Field("Once more", "", true, "")),
        USER,
        false);
  }

  /// A login has no field for a repeated password.
  public List<Field> shown() {
    return isSignUp ? fields : fields.subList(0, AGAIN);
  }

  public String text(int field) {
    return fields.get(field).text();
  }

  private Form with(int index, Field field) {
    var changed = new ArrayList<>(fields);
    changed.set(index, field);
    return new Form(isSignUp, changed, focus, isBusy);
  }

  public Form typed(String text) {
    return with(focus, fields.get(focus).with(text));
  }

  public Form withError(int field, String why) {
    return with(field, fields.get(field).withError(why)).focused(field).busy(false);
  }

  public Form focused(int field) {
    return new Form(isSignUp, fields, Math.floorMod(field, shown().size()), isBusy);
  }

  public Form busy(boolean is) {
    return new Form(isSignUp, fields, focus, is);
  }

  public Form switched() {
    // an error about a new password may not apply to an existing one
    var clean = fields.stream().map(field -> field.with(field.text())).toList();
    return new Form(!isSignUp, clean, Math.min(focus, PASSWORD), isBusy);
  }

  /// Omits the passwords.
  @Override
  public String toString() {
    return "Form[" + Collections.nCopies(fields.size(), "…") + "]";
  }
}
