package kith.terminal.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The first screen of somebody who is not logged in.
///
/// @param focus which field has the cursor
/// @param isBusy an answer of the server is awaited
public record Form(boolean isSignUp, List<Field> fields, int focus, boolean isBusy) {
  public static final int SERVER = 0;
  public static final int USER = 1;
  public static final int PASSWORD = 2;
  public static final int AGAIN = 3;

  /// @param error stands beside it; empty when there is nothing to say
  public record Field(String label, String text, boolean isSecret, String error) {
    Field with(String newText) {
      return new Field(label, newText, isSecret, "");
    }

    Field wrong(String why) {
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

  /// A login asks for the password once.
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

  public Form wrong(int field, String why) {
    return with(field, fields.get(field).wrong(why)).focused(field).busy(false);
  }

  public Form focused(int field) {
    return new Form(isSignUp, fields, Math.floorMod(field, shown().size()), isBusy);
  }

  public Form busy(boolean is) {
    return new Form(isSignUp, fields, focus, is);
  }

  public Form switched() {
    // what was wrong with a new password need not be with an old one
    var clean = fields.stream().map(field -> field.with(field.text())).toList();
    return new Form(!isSignUp, clean, Math.min(focus, PASSWORD), isBusy);
  }

  /// Never the passwords.
  @Override
  public String toString() {
    return "Form[" + Collections.nCopies(fields.size(), "…") + "]";
  }
}
