-- Pages are read in the order of their index, also before the table was analyzed: a sort would read all that is left each time.
SELECT set_config('enable_sort', 'off', true)
