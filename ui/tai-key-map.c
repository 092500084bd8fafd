/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of a desk: defaults, and what a hall has bound otherwise. */
#define G_LOG_DOMAIN "tai-ui"

#include "tai-key-map.h"

#include <string.h>

#define GROUP "keys"

struct _TaiKeyMap {
  GObject parent;
  char *accels[TAI_N_KEYS]; /* (owned) normal form of GTK */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (TaiKeyMap, tai_key_map, G_TYPE_OBJECT)

/* Rules ------------------------------------------------------------------------------------------------------------------- */

/* Would a field, a list or a button have taken it? */
static gboolean
belongs_to_fields (guint keyval, GdkModifierType mods)
{
  static const guint moving[] = {GDK_KEY_Tab,       GDK_KEY_ISO_Left_Tab, GDK_KEY_Return,    GDK_KEY_KP_Enter,
                                 GDK_KEY_BackSpace, GDK_KEY_Delete,       GDK_KEY_Insert,    GDK_KEY_Left,
                                 GDK_KEY_Right,     GDK_KEY_Up,           GDK_KEY_Down,      GDK_KEY_Home,
                                 GDK_KEY_End,       GDK_KEY_Page_Up,      GDK_KEY_Page_Down, GDK_KEY_space,
                                 GDK_KEY_VoidSymbol};
  static const guint editing[] = {GDK_KEY_a, GDK_KEY_c, GDK_KEY_v, GDK_KEY_x, GDK_KEY_z, GDK_KEY_question};
  gboolean is_text = gdk_keyval_to_unicode (keyval) >= 0x20 && keyval != GDK_KEY_Delete;

  if (mods & GDK_CONTROL_MASK) {
    for (guint i = 0; i < G_N_ELEMENTS (editing); i++)
      if (gdk_keyval_to_lower (keyval) == editing[i])
        return TRUE;
    return FALSE;
  }
  if (is_text) /* with Alt it is a mnemonic of some button */
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (moving); i++)
    if (keyval == moving[i])
      return TRUE;
  return gdk_keyval_to_unicode (keyval) == 0 && keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R;
}

static gboolean
find_owner (TaiKeyMap *self, const char *accel, TaiKey *owner)
{
  for (guint i = 0; i < TAI_N_KEYS; i++)
    if (strcmp (self->accels[i], accel) == 0) {
      *owner = i;
      return TRUE;
    }
  return FALSE;
}

static char *
make_accel (guint keyval, GdkModifierType mods)
{
  return gtk_accelerator_name (gdk_keyval_to_lower (keyval), mods & gtk_accelerator_get_default_mod_mask ());
}

static void
set_default (TaiKeyMap *self, TaiKey key)
{
  guint keyval;
  GdkModifierType mods;

  gtk_accelerator_parse (tai_key_get_default_accel (key), &keyval, &mods);
  g_free (self->accels[key]);
  self->accels[key] = make_accel (keyval, mods);
}

static TaiKeyMapFault
bind (TaiKeyMap *self, TaiKey key, guint keyval, GdkModifierType mods, TaiKey *other)
{
  g_autofree char *accel = make_accel (keyval, mods);
  TaiKey owner;

  if (keyval == 0 || belongs_to_fields (keyval, mods & gtk_accelerator_get_default_mod_mask ()))
    return TAI_KEY_MAP_TYPES;
  if (find_owner (self, accel, &owner) && owner != key) {
    if (other != NULL)
      *other = owner;
    return TAI_KEY_MAP_TAKEN;
  }
  g_free (self->accels[key]);
  self->accels[key] = g_steal_pointer (&accel);
  return TAI_KEY_MAP_GOOD;
}

/* Text ---------------------------------------------------------------------------------------------------------------------- */

static gboolean
bind_line (TaiKeyMap *self, GKeyFile *file, TaiKey key)
{
  g_autofree char *accel = g_key_file_get_string (file, GROUP, tai_key_to_text (key), NULL);
  guint keyval;
  GdkModifierType mods;

  return accel == NULL || (gtk_accelerator_parse (accel, &keyval, &mods) &&
                           bind (self, key, keyval, mods, NULL) == TAI_KEY_MAP_GOOD);
}

/* Whose line was no good has its default, unless another was given that key: then the whole text is no good. */
static void
fill_gaps (TaiKeyMap *self)
{
  gboolean is_taken = FALSE;
  TaiKey owner;

  for (guint key = 0; key < TAI_N_KEYS; key++)
    if (self->accels[key][0] == '\0') {
      is_taken |= find_owner (self, tai_key_get_default_accel (key), &owner);
      set_default (self, key);
    }
  for (guint key = 0; is_taken && key < TAI_N_KEYS; key++)
    set_default (self, key);
}

/* Two verbs may have changed their keys with each other: all that are named are free before the first is bound. */
static void
read_text (TaiKeyMap *self, const char *text)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (text == NULL)
    return;
  if (!g_key_file_load_from_data (file, text, strlen (text), G_KEY_FILE_NONE, &error)) {
    g_message ("keys: %s", error->message);
    return;
  }
  for (guint key = 0; key < TAI_N_KEYS; key++)
    if (g_key_file_has_key (file, GROUP, tai_key_to_text (key), NULL)) {
      g_free (self->accels[key]);
      self->accels[key] = g_strdup ("");
    }
  for (guint key = 0; key < TAI_N_KEYS; key++)
    if (!bind_line (self, file, key))
      g_message ("keys: no good key for %s", tai_key_to_text (key));
  fill_gaps (self);
}

char *
tai_key_map_to_text (TaiKeyMap *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  for (guint key = 0; key < TAI_N_KEYS; key++)
    if (strcmp (self->accels[key], tai_key_get_default_accel (key)) != 0)
      g_key_file_set_string (file, GROUP, tai_key_to_text (key), self->accels[key]);
  return g_key_file_to_data (file, NULL, NULL);
}

/* The object ---------------------------------------------------------------------------------------------------------------- */

const char *
tai_key_map_get_accel (TaiKeyMap *self, TaiKey key)
{
  g_return_val_if_fail (TAI_IS_KEY_MAP (self) && key < TAI_N_KEYS, NULL);
  return self->accels[key];
}

char *
tai_key_map_get_label (TaiKeyMap *self, TaiKey key)
{
  guint keyval;
  GdkModifierType mods;

  g_return_val_if_fail (TAI_IS_KEY_MAP (self) && key < TAI_N_KEYS, NULL);
  gtk_accelerator_parse (self->accels[key], &keyval, &mods);
  return keyval == GDK_KEY_Escape && mods == 0 ? g_strdup ("Esc") : gtk_accelerator_get_label (keyval, mods);
}

TaiKeyMapFault
tai_key_map_set (TaiKeyMap *self, TaiKey key, guint keyval, GdkModifierType mods, TaiKey *other)
{
  TaiKeyMapFault fault;

  g_return_val_if_fail (TAI_IS_KEY_MAP (self) && key < TAI_N_KEYS, TAI_KEY_MAP_TYPES);
  fault = bind (self, key, keyval, mods, other);
  if (fault == TAI_KEY_MAP_GOOD)
    g_signal_emit (self, changed_signal, 0);
  return fault;
}

void
tai_key_map_reset (TaiKeyMap *self)
{
  g_return_if_fail (TAI_IS_KEY_MAP (self));
  for (guint key = 0; key < TAI_N_KEYS; key++)
    set_default (self, key);
  g_signal_emit (self, changed_signal, 0);
}

static void
tai_key_map_finalize (GObject *object)
{
  for (guint key = 0; key < TAI_N_KEYS; key++)
    g_free (TAI_KEY_MAP (object)->accels[key]);
  G_OBJECT_CLASS (tai_key_map_parent_class)->finalize (object);
}

static void
tai_key_map_class_init (TaiKeyMapClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tai_key_map_finalize;
  changed_signal =
      g_signal_new ("changed", TAI_TYPE_KEY_MAP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tai_key_map_init (TaiKeyMap *self)
{
  for (guint key = 0; key < TAI_N_KEYS; key++)
    set_default (self, key);
}

TaiKeyMap *
tai_key_map_new (const char *text)
{
  TaiKeyMap *self = g_object_new (TAI_TYPE_KEY_MAP, NULL);

  read_text (self, text);
  return self;
}
