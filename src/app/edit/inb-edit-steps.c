#define G_LOG_DOMAIN "inb-app"

#include "inb-edit-steps.h"

/* More than anybody takes back by hand. */
#define MAX_STEPS 200

typedef struct {
  /* Owned */
  char *group;
  char *label;
} Step;

struct _InbEditSteps {
  /* Owned */
  GPtrArray *steps;   /* (element-type Step) */
};

static void
step_free (Step *step)
{
  g_free (step->group);
  g_free (step->label);
  g_free (step);
}

static const Step *
get_newest (InbEditSteps *self)
{
  return self->steps->len > 0 ? g_ptr_array_index (self->steps, self->steps->len - 1) : NULL;
}

/* --- public ------------------------------------------------------------------------------------------------------------- */

/**
 * inb_edit_steps_new:
 *
 * Returns: (transfer full): none
 */
InbEditSteps *
inb_edit_steps_new (void)
{
  InbEditSteps *self = g_new0 (InbEditSteps, 1);

  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);

  return self;
}

void
inb_edit_steps_free (InbEditSteps *self)
{
  g_ptr_array_unref (self->steps);
  g_free (self);
}

void
inb_edit_steps_push (InbEditSteps *self,
                     const char   *group,
                     const char   *label)
{
  Step *step;

  g_return_if_fail (self != NULL && group != NULL);

  if (self->steps->len >= MAX_STEPS)
    g_ptr_array_remove_index (self->steps, 0);
  step = g_new0 (Step, 1);
  step->group = g_strdup (group);
  step->label = g_strdup (label);
  g_ptr_array_add (self->steps, step);
}

/**
 * inb_edit_steps_take:
 *
 * Returns: (transfer full) (nullable): the label of the step, which is gone then
 */
char *
inb_edit_steps_take (InbEditSteps *self,
                     const char   *group)
{
  g_return_val_if_fail (self != NULL && group != NULL, NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      Step *step = g_ptr_array_index (self->steps, i);
      char *label;

      if (!g_str_equal (step->group, group))
        continue;
      label = g_steal_pointer (&step->label);
      g_ptr_array_remove_index (self->steps, i);
      return label;
    }

  return NULL;
}

const char *
inb_edit_steps_get_group (InbEditSteps *self)
{
  const Step *newest = get_newest (self);

  return newest != NULL ? newest->group : NULL;
}

const char *
inb_edit_steps_get_label (InbEditSteps *self)
{
  const Step *newest = get_newest (self);

  return newest != NULL ? newest->label : NULL;
}
